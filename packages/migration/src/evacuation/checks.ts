import type { CheckResult } from "@ferry/core";
import { type Check, destinationSilent, type Finding, pass, refuse, unknown } from "../check/check.ts";
import { cpuCompatible } from "../check/cpu-compatible.ts";
import { destinationExists } from "../check/destination-exists.ts";
import { destinationHasMemory } from "../check/destination-has-memory.ts";
import { destinationIsAnotherHost } from "../check/destination-is-another-host.ts";
import { devicesMovable } from "../check/devices-movable.ts";
import { groupPolicy } from "../check/group-policy.ts";
import { hypervisorNotOlder, sameHypervisorType } from "../check/hypervisor-compatible.ts";
import { machineSupported } from "../check/machine-supported.ts";
import { networksPresent } from "../check/networks-present.ts";
import { destinationUp } from "./destination-up.ts";
import { disksVisible } from "./disks-visible.ts";
import type { EvacuationFacts } from "./facts.ts";
import { filtersPresent } from "./filters-present.ts";

/** A check of an evacuation; what both kinds of move ask is judged by the same checks. */
interface EvacuationCheck {
  readonly key: string;
  readonly judge: (facts: EvacuationFacts) => Finding;
}

/** Nobody but a fence proves that a host is dead: silence alone may be the network's. */
const sourceIsDead: EvacuationCheck = {
  key: "source-is-dead",
  judge: ({ source, presence, fence }) => {
    const { name } = source.record;
    if (presence.kind !== "silent")
      return refuse(`Cannot evacuate from ${name}: ${presence.problem}.`, "A host that lives keeps its guests: move them live instead.");
    if (!fence.inForce) return refuse(fence.reason, `When it is off for sure: ferry host fence ${name} --method manual --note HOW.`);
    return pass(`${name} is silent, and somebody has made sure that it is off.`);
  },
};

const definitionKept: EvacuationCheck = {
  key: "definition-kept",
  judge: ({ order, source }) => {
    if (source.guest) return pass("ferry has the server's persistent definition.");
    return refuse(
      `ferry has no persistent definition of server ${order.serverName}.`,
      "Define it on another host by hand, from a backup of its definition.",
    );
  },
};

/** The guest of a dead host may be defined anew only where nothing of it is. */
const freeThere: Check = {
  key: "name-free",
  judge: (facts) => {
    const { order, destination, source } = facts;
    const { name: host } = destination.record;
    const name = source.guest?.name ?? order.serverName;
    if (!destination.host || destination.observation.kind === "unreachable") return destinationSilent(facts);
    if (destination.observation.kind === "present")
      return refuse(
        `${host} has a guest of uuid ${order.serverId} already.`,
        `If it is a leftover, remove it there: virsh undefine ${name}.`,
      );
    if (destination.uuidOfName !== null)
      return refuse(`${host} has another guest named ${name} (${destination.uuidOfName}).`, "Rename it: virsh domrename.");
    return pass(`The name ${name} and the uuid are free on ${host}.`);
  },
};

export const evacuationChecks: readonly EvacuationCheck[] = [
  sourceIsDead,
  definitionKept,
  destinationUp,
  destinationExists,
  destinationIsAnotherHost,
  destinationHasMemory,
  groupPolicy,
  sameHypervisorType,
  hypervisorNotOlder,
  cpuCompatible,
  machineSupported,
  devicesMovable,
  disksVisible,
  networksPresent,
  filtersPresent,
  freeThere,
];

/** What cannot be judged without the definition is not: its checks would say that the source did not answer. */
const beforeDefinition: readonly EvacuationCheck[] = [sourceIsDead, definitionKept, destinationUp, destinationExists];

export const judgeEvacuation = (facts: EvacuationFacts): CheckResult[] =>
  evacuationChecks.map((check) => {
    const judged = facts.source.guest || beforeDefinition.includes(check);
    const finding = judged
      ? check.judge(facts)
      : unknown("Not checked: there is no definition to check.", "Follow the other checks first.");
    return { check: check.key, ...finding };
  });
