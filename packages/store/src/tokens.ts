import { createHash, randomBytes } from "node:crypto";
import type { Database } from "./database.ts";
import type { Project, Role, User } from "./identity.ts";

export interface NewToken {
  readonly userId: string;
  /** Null: unscoped, good only for asking which projects there are. */
  readonly projectId: string | null;
  readonly roles: readonly Role[];
  /** Of a token that reaches beyond projects. */
  readonly scope?: BroadScope | null;
  readonly applicationCredentialId?: string | null;
  /** How the user proved to be one: `password`, `token`. */
  readonly methods: readonly string[];
  readonly expiresAt: Date;
}

/** What a token reaches that is for no project. */
export type BroadScope = "domain" | "system";

/** A token that is good now: not expired, not revoked, of a user and for a project that are enabled. */
export interface ValidToken {
  readonly scope: BroadScope | null;
  /** The credential that it was issued for. */
  readonly applicationCredential: { readonly id: string; readonly name: string; readonly unrestricted: boolean } | null;
  readonly user: User;
  readonly project: Project | null;
  readonly roles: readonly Role[];
  readonly methods: readonly string[];
  readonly auditId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export const tokenRecords = (db: Database) => ({
  /** Makes a token of 256 random bits. It is told once, here; the record keeps its hash only. */
  async issue({ roles, methods, ...token }: NewToken): Promise<{ token: string; auditId: string; issuedAt: Date }> {
    const text = randomBytes(32).toString("base64url");
    const auditId = randomBytes(16).toString("base64url");
    const data = { ...token, hash: hashOf(text), auditId, methods: [...methods], roles: [...roles] };
    const { issuedAt } = await db.token.create({ data });
    return { token: text, auditId, issuedAt };
  },

  /** Null for any token that is not good, whatever is wrong with it. One query. */
  async find(token: string): Promise<ValidToken | null> {
    const include = { user: true, project: true, applicationCredential: { select: { id: true, name: true, unrestricted: true } } };
    const row = await db.token.findUnique({ where: { hash: hashOf(token) }, include });
    if (row === null || row.revokedAt !== null || row.expiresAt <= new Date()) return null;
    const { user, project, applicationCredential, methods, auditId, issuedAt, expiresAt } = row;
    if (!user.enabled || project?.enabled === false) return null;
    return {
      user: { id: user.id, name: user.name, enabled: user.enabled },
      project,
      scope: row.scope as BroadScope | null,
      applicationCredential,
      roles: row.roles as Role[],
      methods,
      auditId,
      issuedAt,
      expiresAt,
    };
  },

  /** False when there is no such token that is still good. */
  async revoke(token: string): Promise<boolean> {
    const where = { hash: hashOf(token), revokedAt: null, expiresAt: { gt: new Date() } };
    return (await db.token.updateMany({ where, data: { revokedAt: new Date() } })).count === 1;
  },

  /** Removes what has expired or was revoked; returns how many. */
  async purge(): Promise<number> {
    return (await db.token.deleteMany({ where: { OR: [{ expiresAt: { lt: new Date() } }, { revokedAt: { not: null } }] } })).count;
  },
});

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
