import type { EvacuationRecord, HostPresence } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { evacuationChecks, judgeEvacuation } from "../src/evacuation/checks.ts";
import type { EvacuationFacts } from "../src/evacuation/facts.ts";
import { findDisks, pathsOf, provenPaths, type Refuge } from "../src/evacuation/find-disks.ts";
import { evacuation } from "../src/index.ts";
import {
  destinationId,
  type FactChanges,
  guest,
  guestDisk,
  hostFacts,
  moveFacts,
  networkCard,
  seen,
  sourceId,
  volume,
} from "./support/move-facts.ts";

const path = "/images/lm001.qcow2";
const [boot, witnessBoot] = ["boot-1", "boot-2"];
const sighting = { directory: "/images", witnessId: destinationId, shared: true, hostBootId: boot, witnessBootId: witnessBoot };
const kept = (change: Partial<EvacuationRecord> = {}): EvacuationRecord => ({
  facts: hostFacts({ bootId: boot }),
  fence: { inForce: true },
  xml: "<domain/>",
  definition: guest(),
  sightings: [sighting],
  startsGuest: true,
  guard: null,
  ...change,
});
const refuge: Refuge = { id: destinationId, bootId: witnessBoot, volumes: { [path]: volume() } };

it("the steps of an evacuation are keys in the step log and never change", () => {
  expect(evacuation.steps.map((step) => `${step.phase}: ${step.name}`)).toEqual([
    "check: check-conditions",
    "setup: claim-destination",
    "setup: start-networks",
    "setup: place-group-filters",
    "migrate: define-at-destination",
    "migrate: take-over",
    "cleanup: record-arrival",
    "cleanup: release-claim",
    "cleanup: verify-definition",
    "cleanup: hand-over-artifacts",
  ]);
});

describe("a file is the dead host's own", () => {
  it.each<[string, Partial<EvacuationRecord>, Partial<Refuge>, boolean]>([
    ["when it is there and a marker was seen in both boots", {}, {}, true],
    ["not when the destination has no such file", {}, { volumes: {} }, false],
    ["not when nobody has looked", { sightings: [] }, {}, false],
    ["not when the marker was not seen", { sightings: [{ ...sighting, shared: false }] }, {}, false],
    ["not when another host saw it", { sightings: [{ ...sighting, witnessId: sourceId }] }, {}, false],
    ["not in another directory", { sightings: [{ ...sighting, directory: "/images/below" }] }, {}, false],
    ["not when the dead host was in an earlier boot then", { sightings: [{ ...sighting, hostBootId: "boot-0" }] }, {}, false],
    ["not when the destination was restarted since", {}, { bootId: "boot-3" }, false],
    ["not when the dead host's boot is not known", { facts: hostFacts({ bootId: null }) }, {}, false],
    ["not when the destination's boot is not known", {}, { bootId: null }, false],
  ])("%s", (_situation, record, change, proven) => {
    expect(provenPaths([path], kept(record), { ...refuge, ...change })).toEqual(proven ? [path] : []);
  });
});

it("the layers below an overlay count as its files, and are found only where they are proven", () => {
  const base = "/base/debian.qcow2";
  const overlay = guest({ disks: [guestDisk({ backing: [{ path: base, format: "qcow2" }] })] });
  const source = { ...moveFacts().source, guest: overlay };
  expect(pathsOf(source)).toEqual([path, base]);
  const volumes = { [path]: volume(), [base]: volume(base) };
  expect(findDisks(source, volumes, [path])[0]?.backing).toEqual([null]);
  expect(findDisks(source, volumes, [path, base])[0]?.backing).toMatchObject([{ path: base, format: "qcow2" }]);
});

const silence: HostPresence = { kind: "silent", problem: "no answer in time" };
const visible: FactChanges = { destination: { sharedPaths: [path], volumes: { [path]: volume() } } };

function facts(changes: FactChanges = visible, more: Partial<EvacuationFacts> = {}): EvacuationFacts {
  const base = moveFacts({ ...changes, order: { mode: "evacuate", ...changes.order } });
  return { ...base, presence: silence, fence: { inForce: true }, guarded: false, ...more };
}
const verdictOf = (key: string, given: EvacuationFacts) => {
  const found = judgeEvacuation(given).find(({ check }) => check === key);
  return [found?.verdict, found?.sentence];
};

describe("the checks of an evacuation", () => {
  it("pass for a server whose disk the destination sees", () => {
    expect(judgeEvacuation(facts()).filter(({ verdict }) => verdict !== "pass")).toEqual([]);
  });

  it.each<[string, string, EvacuationFacts, RegExp]>([
    [
      "a host that answers",
      "source-is-dead",
      facts(visible, { presence: { kind: "answers", problem: "its sshd answers" } }),
      /its sshd answers/,
    ],
    [
      "a host of which that is not known",
      "source-is-dead",
      facts(visible, { presence: { kind: "unknown", problem: "ask again" } }),
      /ask again/,
    ],
    [
      "a host that nobody fenced",
      "source-is-dead",
      facts(visible, { fence: { inForce: false, reason: "Nothing proves it." } }),
      /Nothing proves it/,
    ],
    ["a server without a definition", "definition-kept", facts({ source: { guest: null } }), /no persistent definition/],
    [
      "a destination that is disabled",
      "services-up",
      facts({ destination: { ...visible.destination, record: { ...facts().destination.record, enabled: false } } }),
      /disabled as a destination/,
    ],
    ["a disk that the destination lacks", "disks-visible", facts({}), /kvm2 does not see \/images\/lm001\.qcow2/],
    [
      "a file that may be another",
      "disks-visible",
      facts({ destination: { volumes: { [path]: volume() } } }),
      /not proven to be the same one/,
    ],
    [
      "a block device",
      "disks-visible",
      facts({ source: { guest: guest({ disks: [guestDisk({ source: { type: "block", path: "/dev/mapper/lun" } })] }) } }),
      /nothing kept proves that \/dev\/mapper\/lun is one device/,
    ],
    [
      "a filter that the destination lacks",
      "firewall-ready",
      facts({ ...visible, source: { guest: guest({ interfaces: [networkCard({ filter: "web" })] }) } }),
      /nwfilter web .* not defined on kvm2/,
    ],
    [
      "a definition that is there already",
      "name-free",
      facts({ destination: { ...visible.destination, observation: seen("shutoff") } }),
      /has a guest of uuid/,
    ],
    ["a name that is taken", "name-free", facts({ destination: { ...visible.destination, uuidOfName: "u" } }), /another guest named/],
  ])("refuse %s", (_what, key, given, sentence) => {
    expect(verdictOf(key, given)).toEqual(["fail", expect.stringMatching(sentence)]);
  });

  it("judge without throwing, whatever is missing", () => {
    for (const changes of [
      { source: { guest: null }, destination: { host: null } },
      { source: { host: null }, destination: { host: null } },
    ])
      expect(judgeEvacuation(facts(changes))).toHaveLength(evacuationChecks.length);
  });
});
