import { errorCodes, errorDomains } from "@ferry/libvirt";

/** An error that the fake daemon answers with, as libvirt would. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** A VIR_ERR_* number. */
  readonly code: number;
  /** A VIR_FROM_* number. */
  readonly domain: number;

  constructor(code: keyof typeof errorCodes, message: string, domain: keyof typeof errorDomains = "qemu") {
    super(message);
    this.code = errorCodes[code];
    this.domain = errorDomains[domain];
  }
}

/** The fake was asked for something that it does not model: the test must fail, because its answer would prove nothing. */
export class Surprise extends Error {
  override readonly name = "Surprise";
}

/** The daemon died while it worked on something: nobody gets an answer and nothing more happens. */
export class DaemonDied extends Error {
  override readonly name = "DaemonDied";
  constructor() {
    super("the daemon died here");
  }
}
