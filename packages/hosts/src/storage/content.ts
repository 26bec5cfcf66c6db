import { downloadVolume, uploadVolume } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { exactly, readVolume } from "./volume-content.ts";
import { handleAt } from "./volumes.ts";

/** The volume's file from its first byte, over a connection of its own. Leaving the loop, or `signal`, breaks it off. */
export const downloadContent = (link: HostLink, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void> =>
  readVolume(link, path, (connection, vol) => downloadVolume(connection, vol, { signal }));

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
    const whole = exactly(content, lengthBytes, (chunk) => chunk.length);
    await uploadVolume(connection, vol, whole, { length: BigInt(lengthBytes), signal });
  });
}
