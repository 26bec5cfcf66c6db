import { fail, hostId, judgeAction, serverId } from "@ferry/core";
import type { ServerRow, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { isUp } from "../views/host-status.ts";
import { hostByName } from "./host-lookup.ts";
import { isTrue } from "./loose-boolean.ts";

/** The value of `evacuate`, checked against the schema of its microversion. ferry sets no password in a guest. */
export interface EvacuateBody {
  readonly host?: string | null;
  readonly onSharedStorage?: boolean | string;
  readonly adminPass?: string;
  readonly force?: boolean | string;
}

interface EvacuateRequest {
  readonly server: ServerRow;
  readonly body: EvacuateBody;
  readonly minor: number;
  readonly requestId: string;
  readonly caller: Caller;
}

/** From here on an evacuated server stays off at its new host, as Nova does it. */
const staysOff = 95;

/**
 * Accepts the evacuation of a server: state, named host, the source's service must be down and its fence in force. Returns the uuid of the migration. Throws
 * SERVER_WRONG_STATE, COMPUTE_HOST_NOT_FOUND, SAME_HOST, SERVICE_IN_USE, HOST_NOT_FENCED, FENCE_ENDED, EVACUATION_NEEDS_SHARED, FORCE_WITHOUT_HOST.
 */
export async function evacuate(store: Store, { server, body, minor, requestId, caller }: EvacuateRequest): Promise<string> {
  const name = body.host ?? null;
  const force = body.force !== undefined && isTrue(body.force);
  if (body.onSharedStorage !== undefined && !isTrue(body.onSharedStorage)) throw fail("EVACUATION_NEEDS_SHARED");
  if (force && name === null) throw fail("FORCE_WITHOUT_HOST");
  const verdict = judgeAction("evacuate", server.vmState, server.taskState);
  if (!verdict.allowed && verdict.attribute === "vm_state")
    throw fail("SERVER_WRONG_STATE", { action: "evacuate", id: server.id, attribute: verdict.attribute, value: verdict.value });
  const requestedHostId = await requestedHost(store, name, server);
  await refuseLivingSource(store, server);
  const { id } = await store.acceptMigration({
    serverId: serverId(server.id),
    mode: "evacuate",
    requestedHostId,
    blockMigration: "auto",
    diskOverCommit: null,
    force,
    leaveOff: minor >= staysOff,
    transport: "auto",
    bandwidthMiBps: 0,
    requestId,
    projectId: caller.projectId ?? server.projectId,
    userId: caller.userId,
  });
  return id;
}

async function requestedHost(store: Store, name: string | null, server: ServerRow) {
  if (name === null) return null;
  const host = await hostByName(store, name);
  if (host === null) throw fail("COMPUTE_HOST_NOT_FOUND", { host: name });
  if (host.id === server.hostId) throw fail("SAME_HOST");
  return hostId(host.id);
}

async function refuseLivingSource(store: Store, server: ServerRow): Promise<void> {
  if (server.hostId === null) throw fail("SERVER_NOT_PLACED", { id: server.id });
  const [source] = await store.hypervisors.page({ id: server.hostId }, { limit: 1 });
  if (source && isUp(source, new Date())) throw fail("SERVICE_IN_USE", { host: source.name });
}
