import { XdrError } from "./xdr-error.ts";
import { padding } from "./xdr-reader.ts";

const FIRST_SIZE = 256;

/** Writes XDR items (RFC 4506) into a buffer that grows. Values out of range throw XdrError instead of being cut. */
export class XdrWriter {
  #bytes = Buffer.alloc(FIRST_SIZE);
  #length = 0;

  /** What was written so far (a view: finish writing before using it). */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  int(value: number): void {
    inRange(value, -0x8000_0000, 0x7fff_ffff, "int");
    const start = this.#grow(4);
    this.#bytes.writeInt32BE(value, start);
  }

  uint(value: number): void {
    inRange(value, 0, 0xffff_ffff, "unsigned int");
    const start = this.#grow(4);
    this.#bytes.writeUInt32BE(value, start);
  }

  hyper(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw new XdrError(`Cannot encode ${value}: must be a 64-bit signed integer`);
    const start = this.#grow(8);
    this.#bytes.writeBigInt64BE(value, start);
  }

  uhyper(value: bigint): void {
    if (BigInt.asUintN(64, value) !== value) throw new XdrError(`Cannot encode ${value}: must be a 64-bit unsigned integer`);
    const start = this.#grow(8);
    this.#bytes.writeBigUInt64BE(value, start);
  }

  double(value: number): void {
    const start = this.#grow(8);
    this.#bytes.writeDoubleBE(value, start);
  }

  /** Bytes without a length word, padded to a multiple of 4. */
  fixed(value: Uint8Array): void {
    const start = this.#grow(value.length + padding(value.length));
    this.#bytes.set(value, start);
    this.#bytes.fill(0, start + value.length, this.#length);
  }

  /** Counted bytes, at most `max`. */
  opaque(value: Uint8Array, max: number): void {
    if (value.length > max) throw new XdrError(`Cannot encode ${value.length} bytes: must be at most ${max}`);
    this.uint(value.length);
    this.fixed(value);
  }

  /** Counted UTF-8 text. A NUL is refused: libvirt would cut the text there. */
  string(value: string, max: number): void {
    if (value.includes("\0")) throw new XdrError(`Cannot encode ${JSON.stringify(value.slice(0, 80))}: text must not contain NUL`);
    this.opaque(Buffer.from(value, "utf8"), max);
  }

  /** Makes room and returns where it starts. Call it before touching `#bytes`, which it may replace. */
  #grow(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    return start;
  }
}

function inRange(value: number, min: number, max: number, type: string): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new XdrError(`Cannot encode ${value}: must be an ${type} (${min} to ${max})`);
  }
}
