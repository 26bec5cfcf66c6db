import { spawnSync } from "node:child_process";
import { Command, InvalidArgumentError } from "commander";
import { guestCommand } from "./guest-command.ts";
import { insideHost } from "./host-exec.ts";
import { hostNamed, labDown, labStatus, labUp, openLab } from "./lab.ts";
import { cutControl, cutLink, restoreControl, restoreLink, setLinkRate } from "./links.ts";

const program = new Command("lab").description("Real libvirt hosts on this machine, to move guests between.").enablePositionalOptions();

program
  .command("up")
  .description("bring the lab up, or add the hosts that are missing")
  .option("--hosts <number>", "how many hosts there shall be at least", Number, 2)
  .option("--disk-limit <host=MiB>", "limit the storage of a new host (repeatable)", addLimit, {})
  .option("--shared", 'with a directory that libvirt takes for shared storage: /srv/shared, and the pool "shared" on it')
  .action(async (options: { hosts: number; diskLimit: Record<string, number>; shared?: boolean }) => {
    const { hosts, diskLimit: diskLimitsMiB, shared: sharedDirectory = false } = options;
    const lab = await labUp({ hosts, diskLimitsMiB, sharedDirectory, progress: say });
    for (const host of lab.hosts) say(`${host.name}  root@${host.address}  host key ${host.hostKeyFingerprint}`);
    say(`Key that they accept: ${lab.privateKeyPath}\nLog in with: ssh -F ${lab.config.dir}/ssh/config ${lab.hosts[0]?.name}`);
  });

program
  .command("down")
  .description("remove the lab with everything in it")
  .action(() => labDown());

program
  .command("status")
  .description("show the hosts; code 3 when the lab is down or a host is broken")
  .option("--json", "as JSON")
  .action(async (options: { json?: boolean }) => {
    const status = await labStatus();
    if (options.json === true) process.stdout.write(`${JSON.stringify(status, null, 2)}\n`);
    else for (const { host, running, libvirtdAnswers } of status) say(`${host.name}  ${host.address}  ${word(running, libvirtdAnswers)}`);
    if (status.length === 0 || !status.every(({ libvirtdAnswers }) => libvirtdAnswers)) process.exitCode = 3;
  });

program
  .command("exec")
  .description("run a command on a host as root, without a shell in between; ends with its code")
  .argument("<host>")
  .argument("<command...>")
  .passThroughOptions()
  .action(async (host: string, command: string[]) => {
    const [argv0 = "", ...args] = insideHost(hostNamed(await openLab(), host), command);
    process.exitCode = spawnSync(argv0, args, { stdio: "inherit" }).status ?? 1;
  });

program
  .command("link")
  .description("slow, cut or restore a host's link to the other hosts (SSH to it goes on)")
  .argument("<host>")
  .option("--rate <rate>", "limit both directions, such as 400mbit")
  .option("--cut", "drop everything")
  .option("--restore", "undo --rate and --cut")
  .action(async (name: string, options: { rate?: string; cut?: boolean; restore?: boolean }) => {
    const lab = await openLab();
    const host = hostNamed(lab, name);
    if (options.restore === true) await restoreLink(lab, host);
    if (options.rate !== undefined) await setLinkRate(lab, host, options.rate);
    if (options.cut === true) await cutLink(lab, host);
  });

program
  .command("control")
  .description("cut or restore SSH between this machine and a host (the hosts still reach each other)")
  .argument("<host>")
  .option("--cut", "drop everything")
  .option("--restore", "undo --cut")
  .action(async (name: string, options: { cut?: boolean; restore?: boolean }) => {
    const lab = await openLab();
    const host = hostNamed(lab, name);
    if (options.restore === true) await restoreControl(lab, host);
    if (options.cut === true) await cutControl(lab, host);
  });

program.addCommand(guestCommand());

function addLimit(value: string, limits: Record<string, number>): Record<string, number> {
  const [host, mebibytes] = value.split("=");
  if (host === undefined || !/^\d+$/.test(mebibytes ?? "")) throw new InvalidArgumentError("Write it like compute2=64.");
  return { ...limits, [host]: Number(mebibytes) };
}

function word(running: boolean, libvirtdAnswers: boolean): string {
  if (!running) return "gone";
  return libvirtdAnswers ? "up" : "up, but its libvirtd does not answer";
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
