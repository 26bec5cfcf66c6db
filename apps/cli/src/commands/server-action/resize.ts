import type { Command } from "commander";
import { actOnServer } from "../../api/server-actions.ts";
import type { Context } from "../../context.ts";
import { serverActionCommand } from "./server-action-command.ts";

/** `ferry resize-confirm SERVER...`: Nova's word for the end of a cold migration. */
export const serverResizeConfirm = (context: Context): Command =>
  serverActionCommand(
    context,
    {
      name: "resize-confirm",
      summary: "Confirm cold migrations: what was kept at the source is deleted",
      examples: [["ferry resize-confirm --wait lm001", "until the disks that lm001 left at its old host are gone"]],
    },
    () => ({ action: "resize-confirm", immediate: false, ask: (api, server) => actOnServer(api, server, { confirmResize: null }) }),
  );

/** `ferry resize-revert SERVER...`: the way back. */
export const serverResizeRevert = (context: Context): Command =>
  serverActionCommand(
    context,
    {
      name: "resize-revert",
      summary: "Take cold migrations back: the servers go on at their old hosts as they left them",
      examples: [["ferry resize-revert --wait lm001", "what lm001 has written since it was moved is given up"]],
    },
    () => ({ action: "resize-revert", immediate: false, ask: (api, server) => actOnServer(api, server, { revertResize: null }) }),
  );
