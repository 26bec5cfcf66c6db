/** A guest's state in a file. Half of one is none, as with libvirt's own, whose header is completed last. */
export interface SavedGuest {
  readonly uuid: string;
  readonly xml: string;
  /** Whether it executed when it was saved. */
  readonly executing: boolean;
  /** `GuestTruth.moment` at that time. */
  readonly moment: number;
}

const MAGIC = "FAKE-SAVED-GUEST";

export const encodeSavedGuest = (saved: SavedGuest): Buffer => Buffer.from(`${MAGIC}${JSON.stringify(saved)}\0`);

/** The state in a file's bytes; null when there is none, or only a part of one. */
export function decodeSavedGuest(bytes: Buffer): SavedGuest | null {
  const end = bytes.indexOf(0);
  if (end < 0 || bytes.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) return null;
  return JSON.parse(bytes.subarray(MAGIC.length, end).toString("utf8")) as SavedGuest;
}
