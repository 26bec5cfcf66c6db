import type { errorCodes, ProcedureName } from "@ferry/libvirt";

/** A libvirt call, or an operation on files over SFTP. */
export type FaultyAct = ProcedureName | `file:${string}`;

/**
 * What may go wrong with one act.
 * - `refuse`: it is answered with this error, nothing happens.
 * - `lose-answer`: it happens, then the connection breaks instead of an answer.
 * - `lose-call`: the connection breaks before anything happens.
 * - `hook`: `before` runs and is awaited first, `after` when it has happened and was not answered yet.
 */
export type Fault =
  | { readonly kind: "refuse"; readonly code: keyof typeof errorCodes; readonly message: string }
  | { readonly kind: "lose-answer" }
  | { readonly kind: "lose-call" }
  | { readonly kind: "hook"; readonly before?: () => void | Promise<void>; readonly after?: () => void };

interface Planned {
  readonly act: FaultyAct;
  /** Which act of that name from now on, 1 is the next. */
  nth: number;
  readonly fault: Fault;
}

/** Faults planned for one host, each used once. */
export class CallFaults {
  #planned: Planned[] = [];
  /** Every act that clients asked for, in order. */
  readonly trace: FaultyAct[] = [];

  refuse(act: FaultyAct, code: keyof typeof errorCodes = "internalError", nth = 1): void {
    this.plan(act, nth, { kind: "refuse", code, message: `planned failure of ${act}` });
  }

  loseAnswer(act: FaultyAct, nth = 1): void {
    this.plan(act, nth, { kind: "lose-answer" });
  }

  loseCall(act: FaultyAct, nth = 1): void {
    this.plan(act, nth, { kind: "lose-call" });
  }

  hook(act: FaultyAct, before: () => void | Promise<void>, nth = 1): void {
    this.plan(act, nth, { kind: "hook", before });
  }

  /** Holds the act until the returned function is called. */
  hold(act: FaultyAct, nth = 1): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.hook(act, () => promise, nth);
    return resolve;
  }

  plan(act: FaultyAct, nth: number, fault: Fault): void {
    this.#planned.push({ act, nth, fault });
  }

  /** Planned faults that no act has met: a test whose fault never struck has proven nothing. */
  unused(): string[] {
    return this.#planned.map(({ act, fault }) => `${fault.kind} of ${act}`);
  }

  /** Notes an act and takes the fault that is planned for it, after its hook has run. */
  async meet(act: FaultyAct): Promise<Fault | null> {
    this.trace.push(act);
    let struck: Planned | null = null;
    for (const planned of this.#planned) if (planned.act === act && --planned.nth === 0) struck = planned;
    if (!struck) return null;
    this.#planned = this.#planned.filter((one) => one !== struck);
    if (struck.fault.kind === "hook") await struck.fault.before?.();
    return struck.fault;
  }
}
