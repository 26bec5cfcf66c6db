import { fail } from "@ferry/core";
import type { KeyPairType, Store, StoredKeyPair } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import type { Rule } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { makeKeyPair, readPublicKey } from "../services/key-material.ts";
import { isFull, limitOf, text } from "../services/paging.ts";
import { type Link, nextLink } from "../urls.ts";
import { createdKeyPair, keyPairView, listedKeyPair } from "../views/keypair.ts";

type Asking = Input & { readonly caller: Caller };

/** GET and POST /os-keypairs; GET and DELETE of one. Key pairs are users', not projects'. */
export const keyPairRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "listKeyPairs",
    access: "rule",
    rule: "os_compute_api:os-keypairs:index",
    handle: async (input) => {
      const { rows, links } = await list(store, input);
      return { body: { keypairs: rows.map((row) => ({ keypair: listedKeyPair(row, input.minor) })), ...links } };
    },
  },
  {
    operation: "createKeyPair",
    access: "rule",
    rule: "os_compute_api:os-keypairs:create",
    handle: async ({ body, caller, minor }) => {
      const { name, type = "ssh", public_key: given, user_id: asked } = (body as { keypair: NewKeyPairBody }).keypair;
      const userId = userOf(caller, asked, "os_compute_api:os-keypairs:create");
      const key = given === undefined ? await makeKeyPair(type, userId) : { ...readPublicKey(type, given), privateKey: null };
      const { publicKey, fingerprint, privateKey } = key;
      const pair = await store.keyPairs.add({ userId, name, type, publicKey, fingerprint }, caller.projectId ?? "");
      return { status: minor >= 2 ? 201 : 200, body: { keypair: createdKeyPair(pair, privateKey, minor) } };
    },
  },
  {
    operation: "showKeyPair",
    access: "rule",
    rule: "os_compute_api:os-keypairs:show",
    handle: async ({ params, query, caller, minor }) => {
      const userId = userOf(caller, text(query, "user_id"), "os_compute_api:os-keypairs:show");
      const name = params.keypair_name ?? "";
      const pair = await store.keyPairs.find(userId, name);
      if (pair === null) throw fail("KEYPAIR_NOT_FOUND", { name, userId });
      return { body: { keypair: keyPairView(pair, minor) } };
    },
  },
  {
    operation: "deleteKeyPair",
    access: "rule",
    rule: "os_compute_api:os-keypairs:delete",
    handle: async ({ params, query, caller, minor }) => {
      const userId = userOf(caller, text(query, "user_id"), "os_compute_api:os-keypairs:delete");
      await store.keyPairs.remove(userId, params.keypair_name ?? "");
      return { status: minor >= 2 ? 204 : 202 };
    },
  },
];

interface NewKeyPairBody {
  readonly name: string;
  readonly type?: KeyPairType;
  readonly public_key?: string;
  readonly user_id?: string;
}

/** The caller, or the user that an administrator names. */
function userOf(caller: Caller, asked: string | undefined, rule: Rule): string {
  if (asked === undefined || asked === caller.userId) return caller.userId;
  if (!isAdmin(caller)) throw fail("POLICY_FORBIDS", { rule });
  return asked;
}

async function list(store: Store, { query, caller, minor, base, path }: Asking): Promise<{ rows: StoredKeyPair[]; links: object }> {
  const userId = userOf(caller, text(query, "user_id"), "os_compute_api:os-keypairs:index");
  const limit = limitOf(query);
  const marker = text(query, "marker");
  const rows = limit === 0 ? [] : await store.keyPairs.page(userId, { limit, ...(marker === undefined ? {} : { marker }) });
  const last = rows.at(-1);
  const links: { keypairs_links?: Link[] } =
    minor >= 35 && last !== undefined && isFull(rows.length, limit) ? { keypairs_links: [nextLink(base, path, query, last.name)] } : {};
  return { rows, links };
}
