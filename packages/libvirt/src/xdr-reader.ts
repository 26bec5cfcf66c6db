import { XdrError } from "./xdr-error.ts";

/**
 * Reads XDR items (RFC 4506) one after the other from a message payload.
 * Each read first checks that its bytes are there: a declared length is compared with the limit and with what is left before
 * anything is allocated. After an XdrError the position is undefined; throw the reader away.
 */
export class XdrReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  int(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  uint(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  hyper(): bigint {
    return this.#bytes.readBigInt64BE(this.#take(8));
  }

  uhyper(): bigint {
    return this.#bytes.readBigUInt64BE(this.#take(8));
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  /** `length` bytes without a length word (a view, not a copy). */
  fixed(length: number): Buffer {
    const start = this.#take(length + padding(length));
    return this.#bytes.subarray(start, start + length);
  }

  /** Counted bytes, at most `max` (a view, not a copy). */
  opaque(max: number): Buffer {
    return this.fixed(this.#count(max, 1, "bytes"));
  }

  /** Counted UTF-8 text of at most `max` bytes. Bytes that are not UTF-8 become U+FFFD. */
  string(max: number): string {
    return this.opaque(max).toString("utf8");
  }

  /** Number of items of a list, each at least `itemBytes` long, at most `max`. */
  count(max: number, itemBytes: number): number {
    return this.#count(max, itemBytes, "items");
  }

  /** Throws unless all bytes were read. */
  end(): void {
    if (this.remaining !== 0) throw new XdrError(`Cannot decode message: ${this.remaining} bytes left after the last item, must be 0`);
  }

  #count(max: number, unitBytes: number, unit: string): number {
    const declared = this.uint();
    if (declared > max) throw new XdrError(`Cannot decode message: declared length is ${declared} ${unit}, must be at most ${max}`);
    if (declared * unitBytes > this.remaining) {
      throw new XdrError(`Cannot decode message: declared length is ${declared} ${unit}, only ${this.remaining} bytes are left`);
    }
    return declared;
  }

  #take(length: number): number {
    if (length > this.remaining) throw new XdrError(`Cannot decode message: ${length} bytes wanted, only ${this.remaining} are left`);
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}

/** Zero bytes that follow `length` bytes of data, so that each item ends on a multiple of 4. */
export function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}
