import type { NetworkMap } from "@ferry/core";
import type { Command } from "commander";
import { changeHost } from "../../api/hosts.ts";
import { usageError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { hostFields } from "../../output/host-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { type MapChanges, mapValue, unmapValue } from "./network-map.ts";

export interface HostSetOptions {
  /** Name, number or uuid. */
  readonly host: string;
  readonly networkMap: MapChanges;
  readonly json: boolean;
}

/** Changes what ferry knows of a host; throws USAGE when there is nothing to change. */
export const runHostSet: Run<HostSetOptions> = async ({ host: text, networkMap, json }, context) => {
  if (Object.keys(networkMap).length === 0)
    throw usageError(`Cannot change host ${text}: nothing to change is given.`, "Give --map ELSEWHERE=HERE or --unmap ELSEWHERE.");
  const host = await changeHost(await context.connect(), text, { network_map: { ...networkMap } });
  print(context, json, { host }, () => hostFields(host));
  return exitCodes.ok;
};

interface Flags {
  readonly map?: NetworkMap;
  readonly unmap?: MapChanges;
  readonly json?: true;
}

export const hostSet = (context: Context, run = runHostSet): Command =>
  leaf("set", {
    summary: "Change what ferry knows of a host; nothing on the host changes",
    examples: [
      ["ferry host set compute2 --map br0=br-tenant", "guests that use bridge br0 elsewhere use br-tenant on compute2"],
      ["ferry host set compute2 --map network:lan=lab", "the same for a libvirt network"],
      ["ferry host set compute2 --unmap br0", "bridge br0 has its own name on compute2 again"],
    ],
  })
    .argument("<host>", "name or id of the host")
    .option("--map <elsewhere=here>", "name that a network of other hosts has on this one (repeatable)", mapValue)
    .option("--unmap <elsewhere>", "take a name out of the map (repeatable)", unmapValue)
    .action((host: string, { map, unmap, json }: Flags) =>
      perform(run, { host, networkMap: { ...map, ...unmap }, json: json ?? false }, context),
    );
