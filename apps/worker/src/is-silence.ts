import { hasCode } from "@ferry/core";

/** Whether the host said nothing, so that what was asked of it may have happened or not. */
export const isSilence = (error: unknown): boolean => hasCode(error, "HOST_UNREACHABLE", "LIBVIRT_UNAVAILABLE");
