import type { StoredKeyPair } from "@ferry/store";
import { naiveTime } from "../times.ts";

type Shown = Pick<StoredKeyPair, "name" | "publicKey" | "fingerprint" | "type">;

/** A key pair in lists. */
export const listedKeyPair = ({ name, publicKey, fingerprint, type }: Shown, minor: number) => ({
  name,
  public_key: publicKey,
  fingerprint,
  ...(minor >= 2 ? { type } : {}),
});

/** A key pair by itself. */
export const keyPairView = (pair: StoredKeyPair, minor: number) => ({
  ...listedKeyPair(pair, minor),
  id: pair.number,
  user_id: pair.userId,
  created_at: naiveTime(pair.createdAt),
  updated_at: null,
  deleted: false,
  deleted_at: null,
});

/** The answer to its making; the private key is told here and nowhere else. */
export const createdKeyPair = (pair: StoredKeyPair, privateKey: string | null, minor: number) => ({
  ...listedKeyPair(pair, minor),
  user_id: pair.userId,
  ...(privateKey === null ? {} : { private_key: privateKey }),
});
