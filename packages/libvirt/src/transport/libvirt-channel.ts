import type { Duplex } from "node:stream";

/** A byte stream that ends at a libvirt daemon. */
export interface LibvirtChannel {
  readonly duplex: Duplex;
  /** How it got there: a socket path, or the helper's name. */
  readonly route: string;
  /** What the far end has complained about so far (stderr of a helper); empty when nothing is known. */
  complaint(): string;
}

/** No way to a libvirt daemon on that host. */
export class LibvirtUnreachableError extends Error {
  override readonly name = "LibvirtUnreachableError";

  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
  }
}
