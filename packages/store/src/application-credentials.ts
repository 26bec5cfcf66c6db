import { randomBytes } from "node:crypto";
import { fail } from "@ferry/core";
import type { Database } from "./database.ts";
import type { ApplicationCredential as Row } from "./generated/client.ts";
import { newId, type Role } from "./identity.ts";
import { hashPassword, passwordMatches, spendPasswordCheck } from "./password.ts";
import { isUniqueViolation } from "./prisma-error.ts";

/** A login of a user for programs. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly projectId: string;
  readonly description: string;
  readonly roles: readonly Role[];
  /** Whether its tokens may make and delete such credentials. */
  readonly unrestricted: boolean;
  readonly expiresAt: Date | null;
}

export interface NewApplicationCredential extends Omit<ApplicationCredential, "id"> {
  /** Missing: one is made. */
  readonly secret?: string;
}

export type CredentialKey = { readonly id: string } | { readonly name: string; readonly userId: string };

export const applicationCredentials = (db: Database) => ({
  /** The secret is told here and nowhere else. Throws IDENTITY_EXISTS. */
  async add(credential: NewApplicationCredential): Promise<{ credential: ApplicationCredential; secret: string }> {
    const { secret = randomBytes(48).toString("base64url"), roles, ...data } = credential;
    const secretHash = await hashPassword(secret);
    try {
      const row = await db.applicationCredential.create({ data: { id: newId(), ...data, roles: [...roles], secretHash } });
      return { credential: toCredential(row), secret };
    } catch (error) {
      throw isUniqueViolation(error) ? fail("IDENTITY_EXISTS", { kind: "application credential", name: credential.name }) : error;
    }
  },

  /** Of the user, by name. */
  async list(where: { readonly userId: string; readonly name?: string }): Promise<ApplicationCredential[]> {
    return (await db.applicationCredential.findMany({ where, orderBy: { name: "asc" } })).map(toCredential);
  },

  async find(userId: string, id: string): Promise<ApplicationCredential | null> {
    const row = await db.applicationCredential.findUnique({ where: { id, userId } });
    return row && toCredential(row);
  },

  /** Its tokens go with it. False when the user has none of that id. */
  async remove(userId: string, id: string): Promise<boolean> {
    return (await db.applicationCredential.deleteMany({ where: { id, userId } })).count === 1;
  },

  /** The credential with that secret, unless it has run out or its user is disabled; null otherwise, whatever was wrong. */
  async authenticate(key: CredentialKey, secret: string): Promise<ApplicationCredential | null> {
    const where = "id" in key ? key : { userId_name: key };
    const row = await db.applicationCredential.findUnique({ where, include: { user: true, project: true } });
    const right = row === null ? await spendPasswordCheck(secret) : await passwordMatches(secret, row.secretHash);
    if (!right || row === null || !row.user.enabled || !row.project.enabled) return null;
    return row.expiresAt !== null && row.expiresAt <= new Date() ? null : toCredential(row);
  },
});

const toCredential = ({ id, name, userId, projectId, description, roles, unrestricted, expiresAt }: Row): ApplicationCredential => ({
  id,
  name,
  userId,
  projectId,
  description,
  roles: roles as Role[],
  unrestricted,
  expiresAt,
});
