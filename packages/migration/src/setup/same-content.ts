import { createHash } from "node:crypto";

/** Whether two files have the same bytes; both are read at once, and neither is held in memory. */
export async function sameContent(one: AsyncIterable<Uint8Array>, other: AsyncIterable<Uint8Array>): Promise<boolean> {
  const [first, second] = await Promise.all([digest(one), digest(other)]);
  return first === second;
}

async function digest(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of content) hash.update(chunk);
  return hash.digest("hex");
}
