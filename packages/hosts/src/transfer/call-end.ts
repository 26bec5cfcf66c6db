import { CallDeadlineError, ConnectionLostError, isFateUnknown, LibvirtError } from "@ferry/libvirt";

/** How a call of a transfer ended: with libvirt's answer, with its refusal, or without any answer (then it may have been carried out). */
export type CallEnd<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "refused"; readonly error: Error }
  | { readonly kind: "lost"; readonly error: Error };

/** Makes a call. A call that was never sent counts as refused: it had no effect. Errors of other kinds (bugs) are thrown. */
export async function callEnd<T>(call: () => Promise<T>): Promise<CallEnd<T>> {
  try {
    return { kind: "answered", value: await call() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isFateUnknown(error)) return { kind: "lost", error };
    const unsent = error instanceof ConnectionLostError || error instanceof CallDeadlineError;
    if (unsent || error instanceof LibvirtError) return { kind: "refused", error };
    throw error;
  }
}
