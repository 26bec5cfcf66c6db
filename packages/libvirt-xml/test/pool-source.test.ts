import type { PoolSource } from "@ferry/core";
import { expect, test } from "vitest";
import { buildPool, parsePoolKinds, parsePoolSource, XmlError } from "../src/index.ts";

const login = { user: "ferry", secret: "5b6d5f3e-7c1c-4f7a-9a5b-0c1d2e3f4a5b" };
const sources: readonly PoolSource[] = [
  { kind: "dir", path: "/srv/<images>" },
  { kind: "netfs", path: "/srv/nas", server: "nas.example", export: "/export/vms" },
  { kind: "logical", volumeGroup: "vg0" },
  { kind: "iscsi-direct", server: "san", port: 3261, target: "iqn.2026-01.example:one", initiator: "iqn.2026-01.example:host", login },
  {
    kind: "rbd",
    monitors: [
      { name: "mon1", port: 6789 },
      { name: "mon2", port: null },
    ],
    rbdPool: "vms",
    login: null,
  },
];

test.each(sources)("a pool of kind $kind is read back as it was built", (source) => {
  expect(parsePoolSource(buildPool("tank", source))).toEqual(source);
});

test("a kind that is not known, or lacks a part, is no source", () => {
  const uuid = "<uuid>5b6d5f3e-7c1c-4f7a-9a5b-0c1d2e3f4a5b</uuid>";
  expect(parsePoolSource(`<pool type='zfs'><name>z</name>${uuid}<source><name>tank</name></source></pool>`)).toBeNull();
  expect(parsePoolSource(`<pool type='netfs'><name>z</name>${uuid}<target><path>/srv</path></target></pool>`)).toBeNull();
});

test.each([
  ["a/b", sources[0]],
  ["tank", { kind: "dir", path: "srv" }],
  ["tank", { kind: "logical", volumeGroup: "vg\u0000" }],
] as const)("pool %s of %o is refused", (name, source) => {
  expect(() => buildPool(name, source as PoolSource)).toThrow(XmlError);
});

test("the kinds are those with a backend", () => {
  const xml =
    "<storagepoolCapabilities><pool type='dir' supported='yes'><x/></pool><pool type='rbd' supported='no'/></storagepoolCapabilities>";
  expect(parsePoolKinds(xml)).toEqual(["dir"]);
});
