import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cached } from "./cache.ts";
import type { LabConfig } from "./config.ts";
import { guestImage } from "./guest-image.ts";
import { exists } from "./processes.ts";

/** A guest boots in about 1 s where KVM works; where it only seems to, it never executes. */
const DEADLINE_MS = 4_000;

/**
 * True when a guest really boots with KVM here. That /dev/kvm opens proves nothing: on some nested machines QEMU starts
 * and the guest never executes. The verdict is kept until the machine is booted again.
 */
export async function kvmWorks(config: LabConfig): Promise<boolean> {
  if (process.env.FERRY_LAB_KVM !== undefined) return process.env.FERRY_LAB_KVM === "1";
  if (!(await exists("/dev/kvm"))) return false;
  const { disk, key } = await guestImage(config);
  const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  const verdict = await cached(config, `kvm-${boot}-${key}`, async (target) => writeFile(target, (await boots(disk)) ? "yes" : "no"));
  return (await readFile(verdict, "utf8")) === "yes";
}

function boots(disk: string): Promise<boolean> {
  const machine = [
    "-machine",
    "pc-q35-7.2,accel=kvm",
    "-cpu",
    "qemu64",
    "-m",
    "256",
    "-nodefaults",
    "-display",
    "none",
    "-serial",
    "stdio",
  ];
  const drive = ["-drive", `file=${disk},format=qcow2,if=virtio,snapshot=on`];
  const card = ["-netdev", "user,id=net,restrict=on", "-device", "virtio-net-pci,netdev=net,romfile="];
  const child = spawn("qemu-system-x86_64", [...machine, ...drive, ...card], { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), DEADLINE_MS);
    let output = "";
    const end = (verdict: boolean): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      resolve(verdict);
    };
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("latin1");
      if (output.includes("witness ready")) end(true);
    });
    child.once("error", () => end(false));
    child.once("exit", () => end(false));
  });
}
