import { fail, type HostPorts, type Storage, type VolumeFacts } from "@ferry/core";
import { expect, test } from "vitest";
import { areTwoFiles, isAnotherFile, type Looks } from "../src/server-tasks/another-file.ts";

const file = (modifiedAt: string | null, fileBytes = 10) => ({ modifiedAt, fileBytes });
const local: Looks["fileSystems"] = ["ext4", "xfs"];

test.each<[what: string, looks: Looks, twoFiles: boolean]>([
  ["each host has its own", { fileSystems: local, before: file("1.5"), there: file("2.5"), after: file("1.5") }, true],
  ["of one age and another length", { fileSystems: local, before: file("1.5"), there: file("1.5", 9), after: file("1.5") }, true],
  ["one file for both, which nobody writes to", { fileSystems: local, before: file("1.5"), there: file("1.5"), after: file("1.5") }, false],
  ["one file, written to in between", { fileSystems: local, before: file("1.5"), there: file("2.5"), after: file("2.5") }, false],
  ["one file that is written to all the time", { fileSystems: local, before: file("1.5"), there: file("2.5"), after: file("3.5") }, false],
  ["a network file system here", { fileSystems: ["nfs4", "xfs"], before: file("1"), there: file("2"), after: file("1") }, false],
  ["a network file system there", { fileSystems: ["ext4", "fuse.x"], before: file("1"), there: file("2"), after: file("1") }, false],
  ["a host that does not tell its mounts", { fileSystems: ["ext4", null], before: file("1"), there: file("2"), after: file("1") }, false],
  ["not there at the other host", { fileSystems: local, before: file("1"), there: null, after: file("1") }, false],
  ["gone here", { fileSystems: local, before: file("1"), there: file("2"), after: null }, false],
  ["no time here", { fileSystems: local, before: file(null), there: file("2"), after: file(null) }, false],
  ["no time there", { fileSystems: local, before: file("1"), there: file(null), after: file("1") }, false],
])("two files of one path: %s", (_what, looks, twoFiles) => {
  expect(areTwoFiles(looks)).toBe(twoFiles);
});

const host = (modifiedAt: string): HostPorts => {
  const storage: Partial<Storage> = {
    fileSystemAt: async () => "ext4",
    volumeAt: async () => ({ ...file(modifiedAt) }) as VolumeFacts,
  };
  return { storage } as HostPorts;
};
const silent = async (): Promise<HostPorts> => {
  throw fail("HOST_UNREACHABLE", { host: "kvm2", address: "a", problem: "x" });
};

test("both hosts are asked", async () => {
  expect(await isAnotherFile("/a", host("1.5"), async () => host("2.5"))).toBe(true);
  expect(await isAnotherFile("/a", host("1.5"), async () => host("1.5"))).toBe(false);
});

test("a host that does not answer proves nothing, so the disk stays", async () => {
  expect(await isAnotherFile("/a", host("1.5"), silent)).toBe(false);
});
