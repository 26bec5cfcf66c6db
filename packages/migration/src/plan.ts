import { plan } from "@ferry/engine";
import { checkConditions } from "./check/check-conditions.ts";
import { deleteSourceDisks } from "./cleanup/delete-source-disks.ts";
import { handOverArtifacts } from "./cleanup/hand-over-artifacts.ts";
import { recordHandover } from "./cleanup/record-handover.ts";
import { recordSummary } from "./cleanup/record-summary.ts";
import { releaseClaim } from "./cleanup/release-claim.ts";
import { releaseSource } from "./cleanup/release-source.ts";
import { releaseSourceFirewall } from "./cleanup/release-source-firewall.ts";
import { undefineSource } from "./cleanup/undefine-source.ts";
import { verifyDefinition } from "./cleanup/verify-definition.ts";
import { withdrawPeerAccess } from "./cleanup/withdraw-peer-access.ts";
import { transferGuest } from "./migrate/transfer-guest.ts";
import type { MigrationPorts } from "./ports.ts";
import { bringBackingImages } from "./setup/bring-backing-images.ts";
import { claimDestination } from "./setup/claim-destination.ts";
import { createDisks } from "./setup/create-disks.ts";
import { grantPeerAccess } from "./setup/grant-peer-access.ts";
import { placeFirewallRules } from "./setup/place-firewall-rules.ts";
import { startNetworks } from "./setup/start-networks.ts";
import { startPools } from "./setup/start-pools.ts";

/**
 * A live migration, whole. `transferGuest` is the point of no return: before it every step is undone on failure, after it only repeated. The source's
 * libvirtd lets go of the guest about a second after the handover; what need not wait for that is done before `releaseSource`.
 */
export const liveMigration = plan<MigrationPorts>("live-migration", {
  check: [checkConditions],
  setup: [claimDestination, startPools, bringBackingImages, createDisks, startNetworks, placeFirewallRules, grantPeerAccess],
  migrate: [transferGuest],
  cleanup: [
    recordHandover,
    releaseClaim,
    withdrawPeerAccess,
    verifyDefinition,
    releaseSource,
    recordSummary,
    undefineSource,
    deleteSourceDisks,
    releaseSourceFirewall,
    handOverArtifacts,
  ],
});
