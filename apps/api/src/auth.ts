import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "./caller.ts";

/** Turns the token of a request into its caller. Throws UNAUTHENTICATED for none, an unknown, an expired or a revoked one. */
export type Authenticate = (token: string | string[] | undefined) => Promise<Caller>;

/** Longer texts are no token of ours; they are not looked up. */
const longestToken = 255;

/** The token filter, over the record's tokens. */
export function tokenFilter(store: Store): Authenticate {
  return async (token) => {
    if (typeof token !== "string" || token === "" || token.length > longestToken) throw fail("UNAUTHENTICATED");
    const valid = await store.tokens.find(token);
    if (valid === null) throw fail("UNAUTHENTICATED");
    const { user, project, roles, applicationCredential } = valid;
    const restricted = applicationCredential !== null && !applicationCredential.unrestricted;
    return { userId: user.id, userName: user.name, projectId: project?.id ?? null, projectName: project?.name ?? null, roles, restricted };
  };
}
