import { CommandError } from "../lab/run.ts";

/** The lab cannot be built on this machine, for a reason that is no fault of the project: no source package, no root, no such packages. */
export class XenLabUnavailable extends Error {
  override readonly name = "XenLabUnavailable";
}

/** Does work that others can fail: a command that does not succeed means that there is no lab, for that reason. @throws XenLabUnavailable */
export async function unlessUnavailable<T>(reason: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new XenLabUnavailable(`No Xen lab: ${reason}.`, { cause: error });
  }
}

/** Exit status of the program that builds the lab when this machine cannot have one. */
export const UNAVAILABLE = 3;
