import { type InquiryAnswer, type InquiryInput, type MigrationOrder, migrationId } from "@ferry/core";
import { type CheckPorts, judgeCandidates } from "@ferry/migration";
import type { Worker } from "../dependencies.ts";

const NOT_A_MIGRATION = migrationId("00000000-0000-0000-0000-000000000000");

/** Runs the checks of a move that is only thought of: nothing is claimed, made or started. */
export async function preflight(input: InquiryInput<"preflight">, worker: Worker): Promise<InquiryAnswer<"preflight">> {
  const candidates: InquiryAnswer<"preflight">["candidates"][number][] = [];
  for await (const { hostId, host, results, virsh } of judgeCandidates(await portsFor(input, worker)))
    candidates.push({ hostId, host, results, virsh });
  return { candidates };
}

async function portsFor(input: InquiryInput<"preflight">, { store, hosts, settings }: Worker): Promise<CheckPorts> {
  const server = await store.checks.server(input.serverId, input.mode);
  const order: MigrationOrder = {
    id: NOT_A_MIGRATION,
    number: 0,
    serverId: input.serverId,
    serverName: server.name,
    mode: input.mode,
    sourceHostId: server.hostId,
    requestedHostId: input.requestedHostId,
    blockMigration: input.blockMigration,
    diskOverCommit: input.diskOverCommit,
    force: input.force,
    transport: input.transport,
    bandwidthMiBps: 0,
    outcome: input.outcome,
    resize: null,
    group: server.group,
    status: "accepted",
    abortRequested: false,
  };
  const { host, candidates, claimedMiB } = store.checks;
  return { hosts, settings, store: { host, claimedMiB, candidates: () => candidates(server.hostId), order: async () => order } };
}
