import type { Api } from "../../api/connect.ts";
import { showMigration } from "../../api/migrations.ts";
import type { ServerRef } from "../../api/servers.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { print } from "../../output/print.ts";

/** Says that the move is accepted and how to watch it: by its number, or by its uuid when the record cannot be read just now. The move goes on either way. */
export async function printAccepted(context: Context, api: Api, { id, server, json }: AcceptedMove): Promise<ExitCode> {
  const [record] = await Promise.allSettled([showMigration(api, id)]);
  const number = record.status === "fulfilled" ? record.value.number : null;
  const sentence = `The move of ${escapeControls(server.name)} is accepted. Watch it: ferry migration watch ${number ?? id}`;
  print(context, json, { migration: { id, number, server_id: server.id } }, () => sentence);
  return exitCodes.ok;
}

interface AcceptedMove {
  /** As the answer named it. */
  readonly id: string;
  readonly server: ServerRef;
  readonly json: boolean;
}
