import { isOperationInvalid } from "@ferry/libvirt";

/** Awaits a call that libvirt refuses (error 55) when things are already as wanted: starting what runs, stopping what is off. True when it had an effect. */
export async function unlessAlreadySo(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isOperationInvalid(error)) return false;
    throw error;
  }
}
