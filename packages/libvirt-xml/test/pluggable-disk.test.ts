import { type PluggableDisk, pluggableSource } from "@ferry/core";
import { expect, test } from "vitest";
import { parseDocument } from "../src/document.ts";
import { buildPluggableDisk, XmlError } from "../src/index.ts";
import { parseDisk } from "../src/parse-disk.ts";

const disk: PluggableDisk = { target: "vdb", serial: "5b6d5f3e", format: "qcow2", source: { type: "file", path: "/srv/a.qcow2" } };
const login = { user: "ferry", secret: "5b6d5f3e-7c1c-4f7a-9a5b-0c1d2e3f4a5b" };
const read = (one: PluggableDisk) => parseDisk(parseDocument(buildPluggableDisk(one), "disk"));

test("a file is plugged in under its name, without a cache, with its serial", () => {
  expect(read(disk)).toMatchObject({ target: "vdb", device: "disk", source: disk.source, format: "qcow2", cache: "none", readOnly: false });
  expect(buildPluggableDisk(disk)).toContain("<serial>5b6d5f3e</serial>");
});

test("volumes of each kind of pool reach the guest in its way", () => {
  const initiator = "iqn.a:c";
  const san = { kind: "iscsi-direct", server: "san", port: 3261, target: "iqn.a:b", initiator, login } as const;
  const ceph = { kind: "rbd", monitors: [{ name: "mon1", port: null }], rbdPool: "vms", login } as const;
  const place = (volumeName: string, path: string | null = null) => ({ pool: "p", volumeName, path });
  const sources = [
    pluggableSource({ kind: "logical", volumeGroup: "vg0" }, place("a", "/dev/vg0/a")),
    pluggableSource(san, place("unit:0:0:3")),
    pluggableSource(ceph, place("a")),
  ];
  const seen = sources.map((source) => source && read({ ...disk, format: "raw", source }).source);
  const secret = { uuid: login.secret };
  expect(seen).toEqual([
    { type: "block", path: "/dev/vg0/a" },
    { type: "network", protocol: "iscsi", name: "iqn.a:b/3", hosts: [{ name: "san", port: 3261 }], socket: null, secret },
    { type: "network", protocol: "rbd", name: "vms/a", hosts: [{ name: "mon1", port: null }], socket: null, secret },
  ]);
  expect(pluggableSource(san, place("whatever"))).toBeNull();
  expect(pluggableSource(null, place("a", "/a"))).toBeNull();
});

test.each([{ ...disk, target: "hdb" }, { ...disk, target: "vdb/../x" }, { ...disk, source: { type: "file", path: "a.qcow2" } } as const])(
  "%o is refused",
  (one) => {
    expect(() => buildPluggableDisk(one)).toThrow(XmlError);
  },
);
