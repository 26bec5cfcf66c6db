import { fail, hostId, type InquiryAnswer, type MoveMode, serverId, stops, type Transport } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { askedOutcome, type OutcomeWords } from "../services/asked-outcome.ts";
import { hostByName } from "../services/host-lookup.ts";
import type { Inquirer } from "../services/inquire.ts";

interface PreflightBody extends OutcomeWords {
  readonly host: string | null;
  readonly block_migration: boolean | "auto";
  readonly disk_over_commit: boolean;
  readonly force: boolean;
  readonly transport: Transport | "auto";
  readonly mode: MoveMode;
}

/** POST /ferry/v1/servers/{id}/preflight. */
export function preflightRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "preflight",
      access: "server",
      rule: "ferry:preflight",
      handle: async ({ server, body }) => {
        const asked = body as PreflightBody;
        await store.checks.server(serverId(server.id), asked.mode);
        const answer = await inquirer.ask("preflight", {
          serverId: serverId(server.id),
          mode: asked.mode,
          requestedHostId: await named(store, asked.host),
          blockMigration: asked.block_migration,
          diskOverCommit: asked.disk_over_commit,
          force: asked.force,
          transport: asked.transport,
          outcome: askedOutcome(asked),
        });
        return { body: preflightView(server.id, answer) };
      },
    },
  ];
}

async function named(store: Store, name: string | null) {
  if (name === null) return null;
  const host = await hostByName(store, name);
  if (host === null) throw fail("COMPUTE_HOST_NOT_FOUND", { host: name });
  return hostId(host.id);
}

/** Candidates come best first; the first that passes is the one a move would take. */
function preflightView(id: string, answer: InquiryAnswer<"preflight">): object {
  const candidates = answer.candidates.map(({ hostId: candidate, host, results, virsh }) => ({
    host: { id: candidate, name: host },
    passes: !results.some(stops),
    checks: results,
    virsh,
  }));
  return { server_id: id, candidates, chosen: candidates.find((candidate) => candidate.passes)?.host.name ?? null };
}
