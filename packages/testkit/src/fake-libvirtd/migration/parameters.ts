import { migrateFlags, migrateParams, type TypedParam } from "@ferry/libvirt";
import { Refusal, Surprise } from "../refusal.ts";

/** What the fake understands of a migration call's parameters. */
export interface MigrationParameters {
  readonly uri: string | undefined;
  readonly destinationName: string | undefined;
  readonly destinationXml: string | undefined;
  readonly persistentXml: string | undefined;
  readonly listenAddress: string | undefined;
  readonly disksUri: string | undefined;
  readonly disks: readonly string[];
}

const types: Readonly<Record<string, TypedParam["type"]>> = {
  [migrateParams.uri]: "string",
  [migrateParams.destinationName]: "string",
  [migrateParams.destinationXml]: "string",
  [migrateParams.persistentXml]: "string",
  [migrateParams.listenAddress]: "string",
  [migrateParams.disks]: "string",
  [migrateParams.disksUri]: "string",
  [migrateParams.bandwidth]: "ullong",
};

/** Reads them; error 8 for a wrong type as libvirt says, a surprise for what the fake does not model. */
export function readParameters(params: readonly TypedParam[]): MigrationParameters {
  for (const { field, type } of params) {
    const wanted = types[field];
    if (wanted === undefined) throw new Surprise(`migration parameter ${field}`);
    if (wanted !== type)
      throw new Refusal("invalidArg", `invalid argument: invalid type '${type}' for parameter '${field}', expected '${wanted}'`);
  }
  const texts = (field: string): string[] => params.flatMap((one) => (one.field === field && one.type === "string" ? [one.value] : []));
  const text = (field: string): string | undefined => texts(field)[0];
  return {
    uri: text(migrateParams.uri),
    destinationName: text(migrateParams.destinationName),
    destinationXml: text(migrateParams.destinationXml),
    persistentXml: text(migrateParams.persistentXml),
    listenAddress: text(migrateParams.listenAddress),
    disksUri: text(migrateParams.disksUri),
    disks: texts(migrateParams.disks),
  };
}

const modelled: readonly number[] = [
  migrateFlags.live,
  migrateFlags.peer2peer,
  migrateFlags.persistDest,
  migrateFlags.undefineSource,
  migrateFlags.paused,
  migrateFlags.nonSharedDisk,
  migrateFlags.nonSharedInc,
  migrateFlags.changeProtection,
  migrateFlags.abortOnError,
  migrateFlags.autoConverge,
];

/** Flags as questions. A flag that the fake does not model is a surprise. */
export function readFlags(flags: number, side: "source" | "destination") {
  const rest = modelled.reduce((left, flag) => left & ~flag, flags);
  if (rest !== 0) throw new Surprise(`migration flags ${rest}`);
  const has = (flag: keyof typeof migrateFlags): boolean => (flags & migrateFlags[flag]) !== 0;
  if (side === "destination" && (has("changeProtection") || has("peer2peer"))) throw new Surprise(`flags ${flags} sent to a destination`);
  if (has("nonSharedDisk") && has("nonSharedInc"))
    throw new Refusal("invalidArg", "flags NON_SHARED_DISK and NON_SHARED_INC are mutually exclusive");
  return has;
}
