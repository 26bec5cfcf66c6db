import { fail } from "@ferry/core";
import type { Database } from "./database.ts";
import { newId, type User } from "./identity.ts";
import { hashPassword, passwordMatches } from "./password.ts";
import { isMissingReference, isUniqueViolation } from "./prisma-error.ts";

/** All that is known of a user but the password. */
export interface UserRecord extends User {
  readonly description: string;
  readonly email: string | null;
  readonly defaultProjectId: string | null;
}

/** What may be said of a user; what is missing stays, or gets its default. */
export interface UserChange {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly description?: string;
  readonly email?: string | null;
  readonly defaultProjectId?: string | null;
  readonly password?: string;
}

/** A user without a password: no text has this hash. */
const noPassword = "scrypt$32768$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

export const userRecords = (db: Database) => ({
  /** By name. */
  async list(where: { readonly name?: string; readonly enabled?: boolean } = {}): Promise<UserRecord[]> {
    return (await db.user.findMany({ where, orderBy: { name: "asc" } })).map(toRecord);
  },

  async find(id: string): Promise<UserRecord | null> {
    const row = await db.user.findUnique({ where: { id } });
    return row && toRecord(row);
  },

  /** Throws IDENTITY_EXISTS, and IDENTITY_NOT_FOUND when the default project is not there. */
  async add({ password, ...user }: UserChange & { readonly name: string }): Promise<UserRecord> {
    const passwordHash = password === undefined ? noPassword : await hashPassword(password);
    try {
      return toRecord(await db.user.create({ data: { id: newId(), passwordHash, ...user } }));
    } catch (error) {
      throw explained(error, user);
    }
  },

  /** A new password, and being disabled, end the user's tokens. Null when there is none of that id. Throws as `add`. */
  async change(id: string, { password, ...change }: UserChange): Promise<UserRecord | null> {
    const data = password === undefined ? change : { ...change, passwordHash: await hashPassword(password) };
    const ends = password !== undefined || change.enabled === false;
    try {
      const [{ count }] = await db.$transaction([
        db.user.updateMany({ where: { id }, data }),
        ...(ends ? [db.token.deleteMany({ where: { userId: id } })] : []),
      ]);
      return count === 0 ? null : await this.find(id);
    } catch (error) {
      throw explained(error, change);
    }
  },

  /** Replaces the password by one who knows it; ends the user's tokens. False when it is another one. */
  async changePassword(id: string, original: string, password: string): Promise<boolean> {
    const row = await db.user.findUnique({ where: { id } });
    if (row === null || !row.enabled || !(await passwordMatches(original, row.passwordHash))) return false;
    const passwordHash = await hashPassword(password);
    const [{ count }] = await db.$transaction([
      db.user.updateMany({ where: { id, passwordHash: row.passwordHash }, data: { passwordHash } }),
      db.token.deleteMany({ where: { userId: id } }),
    ]);
    return count === 1;
  },

  /** False when there is none of that id. Throws IDENTITY_IN_USE while servers are the user's. */
  async remove(id: string): Promise<boolean> {
    const removed = await db.$executeRaw`
      DELETE FROM users WHERE id = ${id} AND NOT EXISTS (SELECT FROM servers WHERE user_id = ${id} AND vm_state <> 'deleted')`;
    if (removed > 0) return true;
    if ((await db.user.count({ where: { id } })) === 0) return false;
    throw fail("IDENTITY_IN_USE", { kind: "user", id, things: "servers" });
  },
});

function explained(error: unknown, { name = "", defaultProjectId }: UserChange): unknown {
  if (isUniqueViolation(error)) return fail("IDENTITY_EXISTS", { kind: "user", name });
  return isMissingReference(error) ? fail("IDENTITY_NOT_FOUND", { kind: "project", id: defaultProjectId ?? "" }) : error;
}

const toRecord = ({ id, name, enabled, description, email, defaultProjectId }: UserRecord): UserRecord => ({
  id,
  name,
  enabled,
  description,
  email,
  defaultProjectId,
});
