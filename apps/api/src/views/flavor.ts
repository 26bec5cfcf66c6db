import type { ServerRow } from "@ferry/store";
import type { Link } from "../urls.ts";

type Sizes = Pick<ServerRow, "vcpus" | "memoryMiB" | "rootGiB">;
type Made = Pick<ServerRow, "flavor">;

/** Guests that were found have no flavor; one is told from their sizes, `c2.m2048.d20`. */
export const flavorName = (sizes: Sizes): string => `c${sizes.vcpus}.m${sizes.memoryMiB}.d${sizes.rootGiB}`;

/** What the server was made of, else what is told of its sizes: a link below 2.47, the values themselves from then on. */
export function flavorView(sizes: Sizes & Made, minor: number, base: string): object {
  const { id, name } = sizes.flavor ?? { id: flavorName(sizes), name: flavorName(sizes) };
  if (minor < 47) return { id, links: [bookmark(base, id)] };
  const { vcpus, memoryMiB: ram, rootGiB: disk } = sizes;
  return { vcpus, ram, disk, ephemeral: 0, swap: 0, original_name: name, extra_specs: sizes.flavor?.extraSpecs ?? {} };
}

const bookmark = (base: string, name: string): Link => ({ rel: "bookmark", href: `${base}/flavors/${name}` });
