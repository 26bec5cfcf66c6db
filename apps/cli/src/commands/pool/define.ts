import { type Command, Option } from "commander";
import { definePool, type PoolSource } from "../../api/pools.ts";
import { usageError } from "../../cli-error.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { poolsTable } from "../../output/pool-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";
import { iscsiValue, loginValue, monitorValue, nfsValue } from "./source-values.ts";

export interface PoolDefineOptions {
  readonly host: string;
  readonly name: string;
  readonly source: PoolSource;
  readonly json: boolean;
}

export const runPoolDefine: Run<PoolDefineOptions> = async ({ host, name, source, json }, context) => {
  const pool = await definePool(await context.connect(), { host, name }, source);
  print(context, json, { pool }, () => poolsTable([pool]));
  return exitCodes.ok;
};

interface Flags {
  readonly dir?: string;
  readonly nfs?: ReturnType<typeof nfsValue>;
  readonly path?: string;
  readonly volumeGroup?: string;
  readonly iscsi?: ReturnType<typeof iscsiValue>;
  readonly initiator?: string;
  readonly rbd?: string;
  readonly monitor?: ReturnType<typeof monitorValue>;
  readonly login?: ReturnType<typeof loginValue>;
  readonly json?: true;
}

function sourceOf({ dir, nfs, path, volumeGroup, iscsi, initiator, rbd, monitor, login }: Flags): PoolSource {
  const withLogin = login === undefined ? {} : { login };
  if (dir !== undefined) return { kind: "dir", path: dir };
  if (volumeGroup !== undefined) return { kind: "logical", volume_group: volumeGroup };
  if (nfs !== undefined && path !== undefined) return { kind: "netfs", path, ...nfs };
  if (iscsi !== undefined && initiator !== undefined) {
    const { name: server, ...rest } = iscsi;
    return { kind: "iscsi-direct", server, ...rest, initiator, ...withLogin };
  }
  if (rbd !== undefined && monitor !== undefined) return { kind: "rbd", rbd_pool: rbd, monitors: [...monitor], ...withLogin };
  throw usageError(
    "Cannot define a pool: what it is made of is not said in full.",
    "Give --dir, --nfs with --path, --volume-group, --iscsi with --initiator, or --rbd with --monitor.",
  );
}

const kinds = ["dir", "nfs", "volumeGroup", "iscsi", "rbd"] as const;
const only = (option: Option): Option => option.conflicts(kinds.filter((kind) => kind !== option.attributeName()));

export const poolDefine = (context: Context, run = runPoolDefine): Command =>
  leaf("define", {
    summary: "Define a storage pool in a host's libvirt and start it; nothing is formatted",
    examples: [
      ["ferry pool define compute1 fast --dir /srv/fast", "files in a directory, which is made when it is not there"],
      ["ferry pool define compute1 nas --nfs nas.example:/vms --path /srv/nas", "files on an NFS export"],
      ["ferry pool define compute1 lvm --volume-group vg0", "logical volumes of a volume group that exists"],
      ["ferry pool define compute1 san --iscsi san/iqn.2026-01.example:vms --initiator iqn.2026-01.example:c1", "LUNs of a target"],
      ["ferry pool define compute1 ceph --rbd vms --monitor mon1 --login libvirt:UUID", "images of a Ceph pool"],
    ],
  })
    .argument("<host>", "name or id of the host")
    .argument("<name>", "name of the pool")
    .addOption(only(new Option("--dir <path>", "a directory of the host")))
    .addOption(only(new Option("--nfs <server:/export>", "an NFS export, mounted at --path").argParser(nfsValue)))
    .option("--path <path>", "where the host mounts the export")
    .addOption(only(new Option("--volume-group <name>", "an LVM volume group")))
    .addOption(only(new Option("--iscsi <server[:port]/target>", "an iSCSI target, reached by libvirt itself").argParser(iscsiValue)))
    .option("--initiator <iqn>", "name under which the host logs in to the target")
    .addOption(only(new Option("--rbd <pool>", "a pool of a Ceph cluster")))
    .option("--monitor <server[:port]>", "a monitor of the cluster (repeatable)", monitorValue)
    .option("--login <user:secret>", "user and libvirt secret (its uuid) for the target or the cluster", loginValue)
    .action((host: string, name: string, flags: Flags) =>
      perform(run, { host, name, source: sourceOf(flags), json: flags.json ?? false }, context),
    );
