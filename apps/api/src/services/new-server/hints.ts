import { fail, type GroupSituation, isUuid } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "../../caller.ts";
import { reachableServerGroup } from "../find-server-group.ts";
import type { CreationBody, HintsBody } from "./body.ts";

/** Where a server is wanted, and where not. Host ids. */
export interface Wishes {
  readonly group: (GroupSituation & { readonly id: string }) | null;
  /** One of these; null: no matter. */
  readonly sameHost: readonly string[] | null;
  readonly differentHost: readonly string[];
}

/** The hints of a request, under either of Nova's two keys. */
export const hintsOf = (body: CreationBody): HintsBody => body["os:scheduler_hints"] ?? body["OS-SCH-HNT:scheduler_hints"] ?? {};

/** Looks up what hints name. Throws VALIDATION_FAILED for a group that is not there. */
export async function readHints(store: Store, hints: HintsBody, caller: Caller): Promise<Wishes> {
  const same = idsOf(hints.same_host);
  const [group, sameHost, differentHost] = await Promise.all([
    hints.group === undefined ? null : groupOf(store, hints.group, caller),
    same.length === 0 ? null : store.serverGroups.hostsOfServers(same),
    store.serverGroups.hostsOfServers(idsOf(hints.different_host)),
  ]);
  return { group, sameHost, differentHost };
}

const idsOf = (value: HintsBody["same_host"]): string[] => [value ?? []].flat().filter(isUuid);

async function groupOf(store: Store, id: string, caller: Caller): Promise<Wishes["group"]> {
  const { policy, maxServerPerHost } = await reachableServerGroup(store, id, caller).catch((error: unknown) => {
    throw fail("VALIDATION_FAILED", { sentence: `Instance group ${id} could not be found.` }, error);
  });
  return { id, policy, maxServerPerHost, others: await store.serverGroups.membersByHost(id) };
}
