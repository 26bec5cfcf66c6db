import type { LibvirtConnection, VolumeHandle } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { handleAt } from "./volumes.ts";

/** Yields what `open` reads of the volume at the path, over a connection of its own, which ends with the reading. */
export async function* readVolume<Part>(
  link: HostLink,
  path: string,
  open: (connection: LibvirtConnection, vol: VolumeHandle) => AsyncGenerator<Part, void>,
): AsyncGenerator<Part, void> {
  const action = `read volume ${path}`;
  const connection = await link.dedicated();
  try {
    const vol = await link.translated(action, () => handleAt(connection, path));
    const content = open(connection, vol);
    for (;;) {
      const next = await link.translated(action, () => content.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    connection.close();
  }
}

/** Passes the content on and throws when it is not of the promised length. */
export async function* exactly<Part>(
  content: AsyncIterable<Part>,
  lengthBytes: number,
  bytesOf: (part: Part) => number,
): AsyncGenerator<Part, void> {
  let seen = 0;
  for await (const part of content) {
    seen += bytesOf(part);
    if (seen > lengthBytes) throw new RangeError(`Cannot upload: the content has more than the ${lengthBytes} bytes that were announced`);
    yield part;
  }
  if (seen !== lengthBytes) throw new RangeError(`Cannot upload: the content ended after ${seen} of ${lengthBytes} bytes`);
}
