import { downloadVolume, uploadVolume } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { handleAt } from "./volumes.ts";

/** The volume's file from its first byte, over a connection of its own. Leaving the loop, or `signal`, breaks it off. */
export async function* downloadContent(link: HostLink, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const action = `read volume ${path}`;
  const connection = await link.dedicated();
  try {
    const vol = await link.translated(action, () => handleAt(connection, path));
    const content = downloadVolume(connection, vol, { signal });
    for (;;) {
      const next = await link.translated(action, () => content.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    connection.close();
  }
}

/** Writes the volume's file from its first byte and resolves when the host has it all. */
export async function uploadContent(
  link: HostLink,
  path: string,
  content: AsyncIterable<Uint8Array>,
  lengthBytes: number,
  signal: AbortSignal,
): Promise<void> {
  await link.own(`write volume ${path}`, async (connection) => {
    const vol = await handleAt(connection, path);
    await uploadVolume(connection, vol, exactly(content, lengthBytes), { length: BigInt(lengthBytes), signal });
  });
}

/** Passes the content on and throws when it is not of the promised length. */
async function* exactly(content: AsyncIterable<Uint8Array>, lengthBytes: number): AsyncGenerator<Uint8Array, void> {
  let seen = 0;
  for await (const chunk of content) {
    seen += chunk.length;
    if (seen > lengthBytes) throw new RangeError(`Cannot upload: the content has more than the ${lengthBytes} bytes that were announced`);
    yield chunk;
  }
  if (seen !== lengthBytes) throw new RangeError(`Cannot upload: the content ended after ${seen} of ${lengthBytes} bytes`);
}
