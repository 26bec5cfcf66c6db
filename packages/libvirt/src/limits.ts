/**
 * Limits of libvirt's protocol, checked before anything is allocated.
 * Source: libvirt `src/rpc/virnetprotocol.x` (messages) and `src/remote/remote_protocol.x` (the rest), release 9.0.
 */

/** Bytes of the length word in front of each message. */
export const LENGTH_BYTES = 4;
/** Bytes of length word and header: the shortest message. */
export const HEADER_BYTES = 28;
/** Longest message, length word included (bytes). */
export const MESSAGE_MAX = 33_554_432 + LENGTH_BYTES;
/** Longest string (bytes of UTF-8). */
export const STRING_MAX = 4_194_304;
/** Longest migration cookie (bytes). */
export const COOKIE_MAX = 4_194_304;
/** Longest CPU map (bytes). */
export const CPUMAP_MAX = 2_048;
/** Most handles, names or records in one list. */
export const LIST_MAX = 16_384;
/** Most typed parameters in one statistics reply. */
export const STATS_PARAMS_MAX = 262_144;
/** Most typed parameters in one migration call. */
export const MIGRATION_PARAMS_MAX = 64;
/** Payload bytes of a stream data packet that every daemon since 1.0 accepts. */
export const STREAM_CHUNK_MAX = 262_120;
