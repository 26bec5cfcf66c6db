import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/** Where the source's libvirtd finds the key with which it logs in at the destination; null when the transport needs none. */
export type GrantedAccess = { readonly user: string; readonly port: number; readonly privateKeyPath: string } | null;

/**
 * For p2p: a key pair of this migration's own on the source, admitted by the destination for virt-ssh-helper only, from the source's address
 * only, and for a limited time. Both ends carry the migration id.
 */
export const grantPeerAccess: Step<MigrationPorts, GrantedAccess> = {
  name: "grant-peer-access",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    if (plan.transport !== "p2p") return null;
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    const tag = ports.migrationId;
    const things = [plan.sourceId, plan.destinationId].map((hostId) => ({ hostId, kind: "peer-key", key: tag }) as const);
    await Promise.all(things.map((thing) => ports.ledger.begin({ ...thing, migrationId: tag })));
    const { port, hostKey, migrationAddress, user } = destination.address;
    const key = await source.peerAccess.placeSourceKey(tag, { address: migrationAddress, port, hostKey });
    const expiresAt = new Date(ports.clock.now() + ports.settings.peerKeyLifeMs);
    await destination.peerAccess.admitKey(tag, { publicKey: key.publicKey, sourceAddress: source.address.migrationAddress, expiresAt });
    await Promise.all(things.map((thing) => ports.ledger.made(thing)));
    return { user, port, privateKeyPath: key.privateKeyPath };
  },
  undo: async ({ ports }) => undoArtifacts(ports, "peer-key", async ({ peerAccess }, tag) => peerAccess.withdraw(tag)),
};
