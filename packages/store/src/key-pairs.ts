import { fail } from "@ferry/core";
import type { Database } from "./database.ts";
import { isUniqueViolation } from "./prisma-error.ts";
import { keepCount } from "./quotas.ts";

export type KeyPairType = "ssh" | "x509";

export interface NewKeyPair {
  readonly userId: string;
  readonly name: string;
  readonly type: KeyPairType;
  /** One line of the OpenSSH form, or a certificate in PEM. */
  readonly publicKey: string;
  /** Hexadecimal with colons: MD5 of an ssh key, SHA-1 of a certificate. */
  readonly fingerprint: string;
}

export interface StoredKeyPair extends NewKeyPair {
  readonly number: number;
  readonly createdAt: Date;
}

export const keyPairRecords = (db: Database) => ({
  /** A user's, by name. Throws VALIDATION_FAILED for a marker that is unknown. */
  async page(userId: string, { limit, marker }: { limit: number; marker?: string }): Promise<StoredKeyPair[]> {
    if (marker !== undefined && (await db.keyPair.count({ where: { userId, name: marker } })) === 0)
      throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
    const where = { userId, ...(marker === undefined ? {} : { name: { gt: marker } }) };
    return (await db.keyPair.findMany({ where, orderBy: { name: "asc" }, take: limit })).map(toKeyPair);
  },

  /** Null when the user has none of that name. */
  async find(userId: string, name: string): Promise<StoredKeyPair | null> {
    const row = await db.keyPair.findUnique({ where: { userId_name: { userId, name } } });
    return row && toKeyPair(row);
  },

  /** Throws KEYPAIR_EXISTS when the user has one of that name, QUOTA_USED_UP when he has as many as a user of that project may have. */
  async add(pair: NewKeyPair, projectId: string): Promise<StoredKeyPair> {
    const { userId } = pair;
    try {
      return await db.$transaction(async (tx) => {
        await keepCount(tx, projectId, "key_pairs", { whose: userId, count: () => tx.keyPair.count({ where: { userId } }) });
        return toKeyPair(await tx.keyPair.create({ data: pair }));
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("KEYPAIR_EXISTS", { name: pair.name }, error);
      throw error;
    }
  },

  /** Servers keep the key that they were made with. Throws KEYPAIR_NOT_FOUND. */
  async remove(userId: string, name: string): Promise<void> {
    const { count } = await db.keyPair.deleteMany({ where: { userId, name } });
    if (count === 0) throw fail("KEYPAIR_NOT_FOUND", { name, userId });
  },
});

const toKeyPair = (row: Omit<StoredKeyPair, "type"> & { readonly type: string }): StoredKeyPair => ({
  ...row,
  type: row.type as KeyPairType,
});
