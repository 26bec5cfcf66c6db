import type { LibvirtConnection } from "./connection.ts";
import { volumeStreamFlags } from "./constants.ts";
import type { VolumeHandle } from "./shapes.ts";
import type { StreamOptions } from "./stream.ts";
import type { StreamHole, StreamPart } from "./stream-packets.ts";

/** Which bytes of a volume, and how. */
export interface VolumeRange extends StreamOptions {
  /** First byte. Default 0. */
  readonly offset?: bigint;
  /** Number of bytes; 0 is "to the end". Default 0. */
  readonly length?: bigint;
}

/** A source of volume content, holes only when it is sent as sparse. */
export type VolumeSource = AsyncIterable<Uint8Array | StreamHole> | Iterable<Uint8Array | StreamHole>;

/**
 * The bytes of a volume's file as they are: a qcow2 stays a qcow2. Leaving the loop aborts the download.
 * The connection must be one of its own, and opened with `serverKeepalive: false`: a slow reader stops all reading, and the daemon drops
 * a client whose keepalive does not answer for 30 s.
 */
export async function* downloadVolume(
  connection: LibvirtConnection,
  vol: VolumeHandle,
  range: VolumeRange = {},
): AsyncGenerator<Buffer, void> {
  for await (const part of download(connection, vol, range, 0)) yield part as Buffer;
}

/** The same with unallocated stretches as holes. Only raw images have any. */
export function downloadSparseVolume(
  connection: LibvirtConnection,
  vol: VolumeHandle,
  range: VolumeRange = {},
): AsyncGenerator<StreamPart, void> {
  return download(connection, vol, range, volumeStreamFlags.sparse);
}

/**
 * Writes a volume's file and resolves when the daemon has confirmed it. More bytes than `length`, or than fit, are error 38.
 * `sparse` lets the source contain holes; what a hole covers reads as zeros.
 */
export async function uploadVolume(
  connection: LibvirtConnection,
  vol: VolumeHandle,
  source: VolumeSource,
  range: VolumeRange & { readonly sparse?: boolean } = {},
): Promise<void> {
  const flags = range.sparse ? volumeStreamFlags.sparse : 0;
  const stream = await connection.openStream("storageVolUpload", { vol, ...bytesOf(range), flags }, range);
  await stream.sendAll(source);
}

async function* download(
  connection: LibvirtConnection,
  vol: VolumeHandle,
  range: VolumeRange,
  flags: number,
): AsyncGenerator<StreamPart, void> {
  const stream = await connection.openStream("storageVolDownload", { vol, ...bytesOf(range), flags }, range);
  yield* stream.parts();
}

function bytesOf({ offset = 0n, length = 0n }: VolumeRange): { offset: bigint; length: bigint } {
  return { offset, length };
}
