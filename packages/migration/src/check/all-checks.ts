import { type CheckResult, stops } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import { type Check, judge } from "./check.ts";
import { cpuCompatible } from "./cpu-compatible.ts";
import { destinationExists } from "./destination-exists.ts";
import { destinationHasMemory } from "./destination-has-memory.ts";
import { destinationHasRoom } from "./destination-has-room.ts";
import { destinationIsAnotherHost } from "./destination-is-another-host.ts";
import { devicesMovable } from "./devices-movable.ts";
import { diskPathsFree } from "./disk-paths-free.ts";
import { disksMovable } from "./disks-movable.ts";
import { firewallReady } from "./firewall-ready.ts";
import { hypervisorNotOlder, sameHypervisorType } from "./hypervisor-compatible.ts";
import { machineSupported } from "./machine-supported.ts";
import { nameFree } from "./name-free.ts";
import { networksPresent } from "./networks-present.ts";
import { parameters } from "./parameters.ts";
import { permission } from "./permission.ts";
import { serverIsRunning } from "./server-is-running.ts";
import { servicesUp } from "./services-up.ts";
import { transferPortsReachable } from "./transfer-ports-reachable.ts";
import { transportAvailable } from "./transport-available.ts";

/** Every check, in the order in which Nova would report the first that refuses; ferry's own come after. All are always judged. */
export const allChecks: readonly Check[] = [
  serverIsRunning,
  servicesUp,
  permission,
  destinationExists,
  destinationIsAnotherHost,
  destinationHasMemory,
  sameHypervisorType,
  hypervisorNotOlder,
  cpuCompatible,
  parameters,
  destinationHasRoom,
  machineSupported,
  disksMovable,
  diskPathsFree,
  devicesMovable,
  networksPresent,
  firewallReady,
  nameFree,
  transferPortsReachable,
  transportAvailable,
];

export const judgeAll = (facts: MoveFacts): CheckResult[] => allChecks.map((check) => judge(check, facts));

/** The first result that stops the move, or null. */
export const firstObstacle = (results: readonly CheckResult[]): CheckResult | null => results.find(stops) ?? null;
