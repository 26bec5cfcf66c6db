import { migrationId, type TransferRequest } from "@ferry/core";
import { migrateFlags as f } from "@ferry/libvirt";
import { expect, test } from "vitest";
import { transferFlags } from "../src/transfer/flags.ts";
import { peerUri, transferParameters, withParameter } from "../src/transfer/parameters.ts";

const peer = { user: "root", port: 22, privateKeyPath: "/root/.ssh/ferry-1" };
const request: TransferRequest = {
  migrationId: migrationId("0b0e0000-0000-4000-8000-000000000011"),
  guest: { uuid: "0b0e0000-0000-4000-8000-000000000012", name: "lm001" },
  transport: "p2p",
  liveXml: "<domain/>",
  persistentXml: "<domain/>",
  destinationAddress: "198.18.78.12",
  listenAddress: "198.18.78.12",
  copyDisks: ["vda", "vdb"],
  copyMode: "full",
  peer,
  bandwidthMiBps: 0,
  paused: false,
  tunnelled: false,
  unsafe: false,
};
const values = (wanted: TransferRequest): string[] => transferParameters(wanted).map(({ field, value }) => `${field}=${value}`);

test.each([
  ["a full copy", {}, f.nonSharedDisk, f.nonSharedInc | f.paused | f.undefineSource | f.unsafe],
  ["an incremental copy", { copyMode: "incremental" }, f.nonSharedInc, f.nonSharedDisk],
  ["shared storage", { copyDisks: [] }, f.live | f.persistDest, f.nonSharedDisk | f.nonSharedInc],
  ["a paused guest", { paused: true }, f.paused, f.undefineSource],
  ["a tunnelled stream", { tunnelled: true, copyDisks: [] }, f.tunnelled, f.nonSharedDisk | f.unsafe],
  ["cached disks that were consented to", { unsafe: true }, f.unsafe, f.tunnelled],
] as const)("flags of %s", (_, change, wanted, unwanted) => {
  const flags = transferFlags({ ...request, ...change });
  for (const side of [flags.source, flags.destination]) {
    expect(side & wanted).toBe(wanted);
    expect(side & unwanted).toBe(0);
  }
});

test("only the source gets what is meant for it", () => {
  const ofSource = f.peer2peer | f.abortOnError | f.changeProtection;
  expect(transferFlags(request).destination & ofSource).toBe(0);
  expect(transferFlags(request).source & ofSource).toBe(f.peer2peer | f.abortOnError);
  expect(transferFlags({ ...request, transport: "direct" }).source & ofSource).toBe(f.changeProtection | f.abortOnError);
});

test("addresses are always explicit, disks are named one by one", () => {
  expect(values(request)).toEqual([
    "migrate_uri=tcp://198.18.78.12",
    "listen_address=198.18.78.12",
    "destination_xml=<domain/>",
    "persistent_xml=<domain/>",
    "migrate_disks=vda",
    "migrate_disks=vdb",
  ]);
});

test("a tunnelled stream has no address of its own", () => {
  expect(values({ ...request, copyDisks: [], tunnelled: true })).toEqual(["destination_xml=<domain/>", "persistent_xml=<domain/>"]);
});

test("a limit is an unsigned 64-bit number, an IPv6 address is bracketed", () => {
  const params = transferParameters({ ...request, bandwidthMiBps: 40, destinationAddress: "fd00::2" });
  expect(params).toContainEqual({ field: "bandwidth", type: "ullong", value: 40n });
  expect(params[0]?.value).toBe("tcp://[fd00::2]");
});

test("the peer URI carries the key and never switches the host key check off", () => {
  expect(peerUri(request, peer)).toBe("qemu+ssh://root@198.18.78.12:22/system?keyfile=%2Froot%2F.ssh%2Fferry-1&no_tty=1");
});

test("a parameter is replaced, not doubled", () => {
  const params = withParameter(transferParameters(request), "migrate_uri", "tcp://198.18.78.12:49152");
  expect(params.filter(({ field }) => field === "migrate_uri")).toEqual([
    { field: "migrate_uri", type: "string", value: "tcp://198.18.78.12:49152" },
  ]);
});
