import { createHash } from "node:crypto";
import { fail } from "@ferry/core";
import type { ApplicationCredential, CredentialKey, Store, User, ValidToken } from "@ferry/store";
import type { AuthRequest, Named } from "./issue-token.ts";

/** Who asks for a token, and how far the new one may reach. */
export interface Proof {
  readonly user: User;
  readonly methods: readonly string[];
  /** A token made from something that ends, ends with it. */
  readonly expiresAt: Date | null;
  /** The token that was shown. */
  readonly shown: ValidToken | null;
  readonly credential: ApplicationCredential | null;
}

/**
 * Checks what the request shows: a password, a token or an application credential. Throws VALIDATION_FAILED when it lacks what its method needs,
 * LOGIN_LIMITED after too many wrong passwords, and UNAUTHENTICATED for everything else, without telling what.
 */
export async function proveIdentity(store: Store, { identity }: AuthRequest, address: string): Promise<Proof> {
  const [method] = identity.methods;
  if (method === "token") return await byToken(store, identity.token);
  if (method === "password") return await byPassword(store, identity.password, address);
  return await byCredential(store, identity.application_credential, address);
}

async function byToken(store: Store, token: AuthRequest["identity"]["token"]): Promise<Proof> {
  if (token === undefined) throw missing("token");
  const shown = await store.tokens.find(token.id);
  if (shown === null) throw fail("UNAUTHENTICATED");
  return { user: shown.user, methods: shown.methods, expiresAt: shown.expiresAt, shown, credential: null };
}

async function byPassword(store: Store, password: AuthRequest["identity"]["password"], address: string): Promise<Proof> {
  if (password === undefined) throw missing("password");
  const who = keyOf(password.user);
  if (who === null) throw missing("user id or name");
  const ours = isOurDomain(password.user.domain);
  const user = await limited(store, ["user", who, address], async () =>
    ours ? await store.identity.authenticate(who, password.user.password) : null,
  );
  return { user, methods: [], expiresAt: null, shown: null, credential: null };
}

async function byCredential(store: Store, shown: AuthRequest["identity"]["application_credential"], address: string): Promise<Proof> {
  if (shown === undefined) throw missing("application credential");
  const key = await credentialKey(store, shown);
  const credential = await limited(store, ["application credential", key, address], async () =>
    key === null ? null : await store.applicationCredentials.authenticate(key, shown.secret),
  );
  const user = await store.identity.findUser({ id: credential.userId });
  if (user === null) throw fail("UNAUTHENTICATED");
  return { user, methods: [], expiresAt: credential.expiresAt, shown: null, credential };
}

async function credentialKey(
  store: Store,
  shown: NonNullable<AuthRequest["identity"]["application_credential"]>,
): Promise<CredentialKey | null> {
  if (shown.id !== undefined) return { id: shown.id };
  const who = shown.user === undefined ? null : keyOf(shown.user);
  if (shown.name === undefined || who === null) throw missing("application credential id, or its name and user");
  const user = isOurDomain(shown.user?.domain) ? await store.identity.findUser(who) : null;
  return user === null ? null : { name: shown.name, userId: user.id };
}

/**
 * Counts wrong answers of `check` by who was meant and from which address: a right password from elsewhere is not held up. Looked at again after the
 * check, so that guesses sent at once count as well. Throws LOGIN_LIMITED, UNAUTHENTICATED.
 */
export async function limited<T>({ loginFailures }: Store, who: readonly unknown[], check: () => Promise<T | null>): Promise<T> {
  const key = createHash("sha256").update(JSON.stringify(who)).digest("hex");
  const refuseEarly = async (): Promise<void> => {
    const seconds = await loginFailures.wait(key);
    if (seconds !== null) throw fail("LOGIN_LIMITED", { seconds });
  };
  await refuseEarly();
  const found = await check();
  if (found === null) await loginFailures.note(key);
  await refuseEarly();
  if (found === null) throw fail("UNAUTHENTICATED");
  await loginFailures.forget(key);
  return found;
}

export function keyOf({ id, name }: Named): { id: string } | { name: string } | null {
  if (id !== undefined) return { id };
  return name === undefined ? null : { name };
}

/** There is one domain, `default`, called Default; clients name it by either, or not at all. */
export function isOurDomain(domain: Named["domain"]): boolean {
  return [domain?.id, domain?.name].every((word) => word === undefined || word.toLowerCase() === "default");
}

const missing = (what: string) =>
  fail("VALIDATION_FAILED", { sentence: `Cannot authenticate: the request has no ${what}, which its method needs.` });
