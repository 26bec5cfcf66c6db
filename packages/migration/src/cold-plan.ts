import { plan } from "@ferry/engine";
import { checkConditions } from "./check/check-conditions.ts";
import { continueAtDestination } from "./cleanup/continue-at-destination.ts";
import { deleteSavedState } from "./cleanup/delete-saved-state.ts";
import { deleteSourceDisks } from "./cleanup/delete-source-disks.ts";
import { handOverArtifacts } from "./cleanup/hand-over-artifacts.ts";
import { recordArrival } from "./cleanup/record-arrival.ts";
import { recordSummary } from "./cleanup/record-summary.ts";
import { releaseClaim } from "./cleanup/release-claim.ts";
import { releaseSourceClaim } from "./cleanup/release-source-claim.ts";
import { releaseSourceFirewall } from "./cleanup/release-source-firewall.ts";
import { verifyDefinition } from "./cleanup/verify-definition.ts";
import { withdrawSourceDefinition } from "./cleanup/withdraw-source-definition.ts";
import { claimSource } from "./migrate/claim-source.ts";
import { copyDisks } from "./migrate/copy-disks.ts";
import { growRootDisk } from "./migrate/grow-root-disk.ts";
import { handOver } from "./migrate/hand-over.ts";
import { notePower } from "./migrate/note-power.ts";
import { noteSize } from "./migrate/note-size.ts";
import { stopAtSource } from "./migrate/stop-at-source.ts";
import type { MigrationPorts } from "./ports.ts";
import { clearDestination } from "./settle/clear-destination.ts";
import { defineAtSource } from "./settle/define-at-source.ts";
import { proveMoved } from "./settle/prove-moved.ts";
import { proveReturn } from "./settle/prove-return.ts";
import { recordConfirmed } from "./settle/record-confirmed.ts";
import { recordReturn } from "./settle/record-return.ts";
import { startAtSource } from "./settle/start-at-source.ts";
import { stopAtDestination } from "./settle/stop-at-destination.ts";
import { withdrawDestinationDefinition } from "./settle/withdraw-destination-definition.ts";
import { bringBackingImages } from "./setup/bring-backing-images.ts";
import { claimDestination } from "./setup/claim-destination.ts";
import { createDisks } from "./setup/create-disks.ts";
import { placeFirewallRules } from "./setup/place-firewall-rules.ts";
import { startNetworks } from "./setup/start-networks.ts";
import { startPools } from "./setup/start-pools.ts";

/** Up to the point of no return, `handOver`, and until the guest goes on at the destination and the record says so. */
const arrive = {
  check: [checkConditions],
  setup: [claimDestination, startPools, bringBackingImages, createDisks, startNetworks, placeFirewallRules],
  migrate: [notePower, claimSource, stopAtSource, copyDisks, handOver],
  cleanup: [withdrawSourceDefinition, continueAtDestination, recordArrival, releaseClaim, verifyDefinition, recordSummary],
};

/** What was kept at the source goes. */
const leave = [deleteSourceDisks, releaseSourceFirewall, handOverArtifacts];

/** A cold migration: at its end the source keeps its disks, and the guest's room, until it is confirmed or reverted. */
export const coldMigration = plan<MigrationPorts>("cold-migration", {
  ...arrive,
  migrate: [notePower, noteSize, claimSource, stopAtSource, copyDisks, growRootDisk, handOver],
});

/** A saved-state move, or the move of a definition alone: nothing to confirm. */
export const stateMigration = plan<MigrationPorts>("state-migration", {
  ...arrive,
  cleanup: [...arrive.cleanup, releaseSourceClaim, deleteSavedState, ...leave],
});

/** A cold migration is confirmed. It goes on in the migration's own step log, with what that recorded. */
export const confirmation = plan<MigrationPorts>("confirmation", {
  check: [],
  setup: [],
  migrate: [proveMoved],
  cleanup: [...leave, releaseSourceClaim, recordConfirmed],
});

/** A cold migration is reverted: the guest goes on at the source as it left it. */
export const reversal = plan<MigrationPorts>("reversal", {
  check: [],
  setup: [],
  migrate: [proveReturn],
  cleanup: [
    stopAtDestination,
    defineAtSource,
    withdrawDestinationDefinition,
    startAtSource,
    recordReturn,
    releaseSourceClaim,
    clearDestination,
  ],
});
