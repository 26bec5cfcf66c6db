import { HEADER_BYTES, LENGTH_BYTES, MESSAGE_MAX } from "./limits.ts";

/** The byte stream does not hold libvirt messages: nothing after this point can be understood. */
export class FramingError extends Error {
  override readonly name = "FramingError";
}

/**
 * Cuts a byte stream into libvirt messages: chunks of any size in, whole messages (length word included) out. Knows no socket.
 * A length outside the protocol's limits throws FramingError as soon as its four bytes are there; nothing is reserved for it.
 */
export class PacketReader {
  #chunks: Buffer[] = [];
  #buffered = 0;
  /** Length of the message being collected; 0 while its length word is not complete. */
  #wanted = 0;

  /** Adds a chunk and yields each message that it completes. Messages in front of a bad length are still yielded. */
  *push(chunk: Buffer): Generator<Buffer, void> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    for (let packet = this.#take(); packet; packet = this.#take()) yield packet;
  }

  #take(): Buffer | undefined {
    if (this.#wanted === 0 && this.#buffered >= LENGTH_BYTES) this.#wanted = checkedLength(this.#join().readUInt32BE(0));
    if (this.#wanted === 0 || this.#buffered < this.#wanted) return undefined;
    const all = this.#join();
    const packet = all.subarray(0, this.#wanted);
    this.#chunks = all.length > this.#wanted ? [all.subarray(this.#wanted)] : [];
    this.#buffered -= this.#wanted;
    this.#wanted = 0;
    return packet;
  }

  #join(): Buffer {
    const [first] = this.#chunks;
    if (first && this.#chunks.length === 1) return first;
    const all = Buffer.concat(this.#chunks, this.#buffered);
    this.#chunks = [all];
    return all;
  }
}

function checkedLength(length: number): number {
  if (length < HEADER_BYTES || length > MESSAGE_MAX) {
    throw new FramingError(`Cannot read message: declared length is ${length} bytes, must be ${HEADER_BYTES} to ${MESSAGE_MAX}`);
  }
  return length;
}
