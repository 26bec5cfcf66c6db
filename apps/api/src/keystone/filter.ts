import { createHash } from "node:crypto";
import { fail, SECOND } from "@ferry/core";
import { LRUCache } from "lru-cache";
import type { Authenticate } from "../auth.ts";
import type { Caller } from "../caller.ts";
import { roles } from "../policy.ts";
import type { Keystone, KeystoneToken } from "./keystone.ts";

/** So long an answer is believed: what Keystone revokes is refused here that much later. */
export const believedForMs = 10 * SECOND;
const mostTokens = 10_000;
/** Visible ASCII, as a header can carry it. Keystone's own tokens have some 200 characters. */
const form = /^[\x21-\x7e]{1,4096}$/;

/** The token filter, over an existing Keystone. Tokens are kept as hashes only, and one that is not good is asked for each time. */
export function keystoneFilter(keystone: Keystone): Authenticate {
  const callers = new LRUCache<string, Caller, string>({
    max: mostTokens,
    ttl: believedForMs,
    fetchMethod: async (_hash, _stale, { options, context: token }) => {
      const valid = await keystone.validate(token);
      if (valid === null) throw fail("UNAUTHENTICATED");
      const left = new Date(valid.expires_at).getTime() - Date.now();
      if (left <= 0) throw fail("UNAUTHENTICATED");
      options.ttl = Math.min(believedForMs, left);
      return callerOf(valid);
    },
  });
  return async (token) => {
    if (typeof token !== "string" || !form.test(token)) throw fail("UNAUTHENTICATED");
    const caller = await callers.fetch(createHash("sha256").update(token).digest("hex"), { context: token });
    if (caller === undefined) throw fail("UNAUTHENTICATED");
    return caller;
  };
}

/** Roles are known by name. Those that Keystone gives in a domain hold there only, and ferry has nothing there. */
export function callerOf({ user, project, domain, roles: given = [] }: KeystoneToken): Caller {
  const names = domain === undefined ? given.map(({ name }) => name.toLowerCase()) : [];
  return {
    userId: user.id,
    userName: user.name,
    projectId: project?.id ?? null,
    projectName: project?.name ?? null,
    roles: roles.filter((role) => names.includes(role)),
  };
}
