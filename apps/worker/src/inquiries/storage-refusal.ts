import { FerryError, hasCode } from "@ferry/core";

/** Runs work on a host's storage. What libvirt refuses there is the answer to the question, not a fault of ferry's. */
export async function orStorageRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FerryError && hasCode(error, "HYPERVISOR_CALL_FAILED"))
      throw new FerryError("STORAGE_REFUSED", error.message, { cause: error });
    throw error;
  }
}
