import { type CheckResult, stops } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import { cacheModesSafe } from "./cache-modes-safe.ts";
import { type Check, judge } from "./check.ts";
import { cpuCompatible } from "./cpu-compatible.ts";
import { definitionsAgree } from "./definitions-agree.ts";
import { destinationExists } from "./destination-exists.ts";
import { destinationHasMemory } from "./destination-has-memory.ts";
import { destinationHasRoom } from "./destination-has-room.ts";
import { destinationIsAnotherHost } from "./destination-is-another-host.ts";
import { devicesMovable } from "./devices-movable.ts";
import { diskPathsFree } from "./disk-paths-free.ts";
import { disksMovable } from "./disks-movable.ts";
import { firewallReady } from "./firewall-ready.ts";
import { groupPolicy } from "./group-policy.ts";
import { hypervisorNotOlder, sameHypervisorType } from "./hypervisor-compatible.ts";
import { machineSupported } from "./machine-supported.ts";
import { modeFits } from "./mode-fits.ts";
import { nameFree } from "./name-free.ts";
import { networksPresent } from "./networks-present.ts";
import { outcomePossible } from "./outcome-possible.ts";
import { parameters } from "./parameters.ts";
import { permission } from "./permission.ts";
import { serverIsRunning } from "./server-is-running.ts";
import { servicesUp } from "./services-up.ts";
import { sharedStorageRecognised } from "./shared-storage-recognised.ts";
import { sizePossible } from "./size-possible.ts";
import { transferPortsReachable } from "./transfer-ports-reachable.ts";
import { transportAvailable } from "./transport-available.ts";

/**
 * Every check, in the order in which Nova would report the first that refuses (power state, services, self, memory, hypervisor type and version,
 * CPU, disks); ferry's own come after. All are always judged.
 */
export const allChecks: readonly Check[] = [
  serverIsRunning,
  modeFits,
  servicesUp,
  permission,
  destinationExists,
  destinationIsAnotherHost,
  destinationHasMemory,
  sameHypervisorType,
  hypervisorNotOlder,
  cpuCompatible,
  parameters,
  outcomePossible,
  sizePossible,
  groupPolicy,
  destinationHasRoom,
  machineSupported,
  devicesMovable,
  definitionsAgree,
  disksMovable,
  cacheModesSafe,
  sharedStorageRecognised,
  diskPathsFree,
  networksPresent,
  firewallReady,
  nameFree,
  transferPortsReachable,
  transportAvailable,
];

export const judgeAll = (facts: MoveFacts): CheckResult[] => allChecks.map((check) => judge(check, facts));

/**
 * The result to report when the move is refused, or null: the first refusal, and only without one the first thing that could not be found out,
 * because that is mostly a consequence ("not checked, since the host is silent").
 */
export const firstObstacle = (results: readonly CheckResult[]): CheckResult | null =>
  results.find((result) => result.verdict === "fail") ?? results.find(stops) ?? null;
