import { plan } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { handOverArtifacts } from "../cleanup/hand-over-artifacts.ts";
import { recordArrival } from "../cleanup/record-arrival.ts";
import { releaseClaim } from "../cleanup/release-claim.ts";
import { verifyDefinition } from "../cleanup/verify-definition.ts";
import type { MigrationPorts } from "../ports.ts";
import { claimDestination } from "../setup/claim-destination.ts";
import { startNetworks } from "../setup/start-networks.ts";
import { defineAtDestination } from "./define-at-destination.ts";
import { placeGroupFilters } from "./place-group-filters.ts";
import { takeOver } from "./take-over.ts";

/**
 * A guest of a dead host, whose disks another host sees, is defined there from the record and started if it ran. `takeOver` is the point of no return. What
 * the dead host still holds is removed when it comes back, before it takes part again.
 */
export const evacuation = plan<MigrationPorts>("evacuation", {
  check: [checkConditions],
  setup: [claimDestination, startNetworks, placeGroupFilters],
  migrate: [defineAtDestination, takeOver],
  cleanup: [recordArrival, releaseClaim, verifyDefinition, handOverArtifacts],
});
