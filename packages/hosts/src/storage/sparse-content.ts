import type { ContentPart } from "@ferry/core";
import { downloadSparseVolume, type StreamHole, uploadVolume } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { handleAt } from "./volumes.ts";

/** The volume's file from its first byte, holes as holes, over a connection of its own. Leaving the loop, or `signal`, breaks it off. */
export async function* downloadSparseContent(link: HostLink, path: string, signal: AbortSignal): AsyncGenerator<ContentPart, void> {
  const action = `read volume ${path}`;
  const connection = await link.dedicated();
  try {
    const vol = await link.translated(action, () => handleAt(connection, path));
    const content = downloadSparseVolume(connection, vol, { signal });
    for (;;) {
      const next = await link.translated(action, () => content.next());
      if (next.done) return;
      yield next.value instanceof Uint8Array ? next.value : { holeBytes: Number(next.value.hole) };
    }
  } finally {
    connection.close();
  }
}

/** Writes the volume's file from its first byte and resolves when the host has it all. */
export async function uploadSparseContent(
  link: HostLink,
  path: string,
  content: AsyncIterable<ContentPart>,
  lengthBytes: number,
  signal: AbortSignal,
): Promise<void> {
  await link.own(`write volume ${path}`, async (connection) => {
    const vol = await handleAt(connection, path);
    await uploadVolume(connection, vol, exactly(content, lengthBytes), { length: BigInt(lengthBytes), signal, sparse: true });
  });
}

/** Passes the content on and throws when it is not of the promised length. */
async function* exactly(content: AsyncIterable<ContentPart>, lengthBytes: number): AsyncGenerator<Uint8Array | StreamHole, void> {
  let seen = 0;
  for await (const part of content) {
    seen += part instanceof Uint8Array ? part.length : part.holeBytes;
    if (seen > lengthBytes) throw new RangeError(`Cannot upload: the content has more than the ${lengthBytes} bytes that were announced`);
    yield part instanceof Uint8Array ? part : { hole: BigInt(part.holeBytes) };
  }
  if (seen !== lengthBytes) throw new RangeError(`Cannot upload: the content ended after ${seen} of ${lengthBytes} bytes`);
}
