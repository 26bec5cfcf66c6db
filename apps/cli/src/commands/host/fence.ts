import { type Command, Option } from "commander";
import { fenceHost, showFence } from "../../api/hosts.ts";
import { usageError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

const methods = ["manual", "ipmi", "power-off"] as const;

export interface HostFenceOptions {
  /** Name, number or uuid. */
  readonly host: string;
  readonly method: (typeof methods)[number];
  readonly note: string;
  /** Null: the last boot that ferry has seen. */
  readonly bootId: string | null;
  readonly json: boolean;
}

/** Says that the host is dead, for its last boot; ferry takes it only while the host is silent. */
export const runHostFence: Run<HostFenceOptions> = async ({ host, method, note, bootId: given, json }, context) => {
  const api = await context.connect();
  const bootId = given ?? (await showFence(api, host)).boot_id;
  if (bootId === null)
    throw usageError(
      `Cannot fence host ${host}: ferry has never learned which boot of it ran.`,
      "Its sshd must offer SFTP; bring it back once.",
    );
  const document = await fenceHost(api, host, { method, note, boot_id: bootId });
  const name = escapeControls(host);
  print(
    context,
    json,
    document,
    () => `Fenced host ${name} for its boot ${bootId}. Its servers may be evacuated: ferry host-evacuate ${name}`,
  );
  return exitCodes.ok;
};

interface Flags {
  readonly method: HostFenceOptions["method"];
  readonly note: string;
  readonly bootId?: string;
  readonly json?: true;
}

export const hostFence = (context: Context, run = runHostFence): Command =>
  leaf("fence", {
    summary: "Say that a host is dead, after you have made sure that it is off; evacuating its servers asks for it",
    examples: [
      [
        'ferry host fence compute1 --method ipmi --note "chassis power off, status read back"',
        "ends by itself when compute1 is seen again",
      ],
    ],
  })
    .argument("<host>", "name or id of the host")
    .addOption(new Option("--method <how>", "how it was made sure that the host is off").choices(methods).makeOptionMandatory())
    .requiredOption("--note <text>", "who did what, for those who read it later")
    .option("--boot-id <uuid>", "the boot that ended; default: the last one that ferry has seen")
    .action((host: string, { method, note, bootId, json }: Flags) =>
      perform(run, { host, method, note, bootId: bootId ?? null, json: json ?? false }, context),
    );
