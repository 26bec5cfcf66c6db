import type { HostPorts, Hosts } from "@ferry/core";

/**
 * Two hosts and what a suite may rely on. The suites speak to them through the ports of core alone, so the same sentences are proven on the hosts in
 * memory and on real ones.
 */
export interface Subject {
  readonly hosts: Hosts;
  readonly source: HostPorts;
  readonly destination: HostPorts;
  /** Runs on the source with one qcow2 disk, `vda`, a file in the pool `default`, and one filtered interface. */
  readonly guest: { readonly uuid: string; readonly name: string; readonly diskPath: string; readonly filter: string };
  /** A network of the destination that is active and that no guest there uses. */
  readonly network: string;
  /** A block device that both hosts have under this path, from one kernel. */
  readonly device: string;
  /** What an outsider sees on a host besides its guests: files, keys, filters, pools. */
  inventory(host: HostPorts): Promise<unknown>;
}

/** Opened before the suites run. */
export type GetSubject = () => Subject;

/** The code of the error that a promise ends with. */
export const codeOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: { code?: string }) => error.code ?? "no code",
  );
