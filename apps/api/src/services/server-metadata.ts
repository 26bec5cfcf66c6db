import { fail } from "@ferry/core";
import type { ServerRow } from "@ferry/store";

export type Metadata = Readonly<Record<string, string>>;

/** The value of an item. Throws METADATA_ITEM_NOT_FOUND. */
export function metadataItem({ metadata }: Pick<ServerRow, "metadata">, key: string): string {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  if (value === undefined) throw fail("METADATA_ITEM_NOT_FOUND");
  return value;
}

/** The value for `key` in a body of one item. Throws VALIDATION_FAILED when the body names another key. */
export function valueFor(key: string, meta: Metadata): string {
  const value = Object.hasOwn(meta, key) ? meta[key] : undefined;
  if (value === undefined) throw fail("VALIDATION_FAILED", { sentence: "Request body and URI mismatch" });
  return value;
}
