import { expect, test } from "vitest";
import { contentCommands } from "./disk-content.ts";

const image = { disk: "/cache/guest.qcow2", kernel: "/cache/kernel", initrd: "/cache/initrd", key: "k" };
const content = (sizeMiB: number, dataMiB: number) => ({ kind: "image" as const, image, sizeMiB, dataMiB });

test("a disk of the image's size without data needs nothing more", () => {
  expect(contentCommands(content(1024, 0), "/a.raw", "raw")).toEqual([]);
});

test("a larger disk is grown before it is filled", () => {
  const commands = contentCommands(content(2048, 1500), "/a.qcow2", "qcow2").map(([program]) => program);
  expect(commands).toEqual(["qemu-img", "qemu-io"]);
});

test("data for which the disk has no room is refused, and so is a disk smaller than the image", () => {
  expect(() => contentCommands(content(1024, 721), "/a.raw", "raw")).toThrow(/room for 720 MiB/);
  expect(() => contentCommands(content(512, 0), "/a.raw", "raw")).toThrow(/image has 1024 MiB/);
});
