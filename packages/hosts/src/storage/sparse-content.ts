import type { ContentPart } from "@ferry/core";
import { downloadSparseVolume, type StreamHole, uploadVolume } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { exactly, readVolume } from "./volume-content.ts";
import { handleAt } from "./volumes.ts";

/** The volume's file from its first byte, holes as holes, over a connection of its own. Leaving the loop, or `signal`, breaks it off. */
export async function* downloadSparseContent(link: HostLink, path: string, signal: AbortSignal): AsyncGenerator<ContentPart, void> {
  for await (const part of readVolume(link, path, (connection, vol) => downloadSparseVolume(connection, vol, { signal }))) {
    yield part instanceof Uint8Array ? part : { holeBytes: Number(part.hole) };
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
    const whole = exactly(content, lengthBytes, (part) => (part instanceof Uint8Array ? part.length : part.holeBytes));
    await uploadVolume(connection, vol, asStream(whole), { length: BigInt(lengthBytes), signal, sparse: true });
  });
}

async function* asStream(content: AsyncIterable<ContentPart>): AsyncGenerator<Uint8Array | StreamHole, void> {
  for await (const part of content) yield part instanceof Uint8Array ? part : { hole: BigInt(part.holeBytes) };
}
