import type { Command } from "commander";
import { actOnServer, deleteServer, type ServerDeed } from "../../api/server-actions.ts";
import type { Context } from "../../context.ts";
import type { Deed } from "./act-on-each.ts";
import { serverActionCommand } from "./server-action-command.ts";

const deed = (action: string, body: ServerDeed, immediate = false): Deed => ({
  action,
  immediate,
  ask: (api, server) => actOnServer(api, server, body),
});

/** Commands without options of their own: name, what it does, what is asked for. */
const plain: readonly (readonly [string, string, ServerDeed])[] = [
  ["start", "Start servers that are shut off", { "os-start": null }],
  ["stop", "Shut servers down; a guest that does not react within 60 s is ended", { "os-stop": null }],
  ["pause", "Hold servers where they are, in memory", { pause: null }],
  ["unpause", "Let paused servers go on", { unpause: null }],
  ["suspend", "Write servers' memory to their host's disk and end their processes", { suspend: null }],
  ["resume", "Let suspended servers go on from there", { resume: null }],
];

/** `ferry start|stop|pause|unpause|suspend|resume SERVER...`. */
export const lifecycleCommands = (context: Context): Command[] =>
  plain.map(([name, summary, body]) =>
    serverActionCommand(
      context,
      {
        name,
        summary,
        examples: [
          [`ferry ${name} lm001`, "return once it is accepted"],
          [`ferry ${name} --wait lm001 lm002`, "two servers, until both are done"],
        ],
      },
      () => deed(name, body),
    ),
  );

export const serverReboot = (context: Context): Command =>
  serverActionCommand<{ hard?: true }>(
    context,
    {
      name: "reboot",
      summary: "Shut servers down and start them again",
      examples: [
        ["ferry reboot lm001", "ask the guest; end it after 120 s"],
        ["ferry reboot --hard --wait lm001", "end it at once, and wait until it has been started"],
      ],
    },
    ({ hard }) => deed("reboot", { reboot: { type: hard ? "HARD" : "SOFT" } }),
    (command) => command.option("--hard", "end the guest's process at once, like the power switch"),
  );

export const serverDelete = (context: Context): Command =>
  serverActionCommand(
    context,
    {
      name: "delete",
      summary: "End servers and delete their local disks, for good",
      examples: [["ferry delete --wait lm001", "until the guest, its definition and its disks are gone"]],
    },
    () => ({ action: "delete", immediate: false, ask: deleteServer }),
  );

export const serverLock = (context: Context): Command =>
  serverActionCommand<{ reason?: string }>(
    context,
    {
      name: "lock",
      summary: "Keep everybody but administrators from acting on servers",
      examples: [["ferry lock --reason audit lm001", "with the reason for those who ask"]],
    },
    ({ reason }) => deed("lock", { lock: reason === undefined ? null : { locked_reason: reason } }, true),
    (command) => command.option("--reason <text>", "why, for those who look"),
  );

export const serverUnlock = (context: Context): Command =>
  serverActionCommand(
    context,
    {
      name: "unlock",
      summary: "Take the lock off servers; administrators may take off any, others their own",
      examples: [["ferry unlock lm001", "everybody of the project may act on it again"]],
    },
    () => deed("unlock", { unlock: null }, true),
  );

export const serverResetState = (context: Context): Command =>
  serverActionCommand<{ active?: true }>(
    context,
    {
      name: "reset-state",
      summary: "Set servers' recorded state to error, or to active; nothing is done to the guests",
      examples: [["ferry reset-state --active lm001", "take lm001 out of error, and an action that is stuck off it"]],
    },
    ({ active }) => deed("reset-state", { "os-resetState": { state: active ? "active" : "error" } }, true),
    (command) => command.option("--active", "set it to active instead of error"),
  );
