import {
  baseFileName,
  buildObstacle,
  buildPool,
  configDriveName,
  fail,
  type HostFacts,
  type NicPlace,
  nicPlace,
  reservedHostMemoryMiB,
  rootDiskName,
  unguardableThere,
} from "@ferry/core";
import type { Step } from "@ferry/engine";
import { availableMiB } from "../policy/available-memory.ts";
import { chooseMachine } from "./choose-machine.ts";
import type { CreatePorts } from "./ports.ts";

/** What the later steps make, and where. */
export interface BuildPlan {
  readonly pool: string;
  readonly basePath: string;
  readonly rootPath: string;
  /** Null: no config drive. */
  readonly configDrivePath: string | null;
  readonly virtType: "kvm" | "qemu";
  readonly arch: string;
  readonly machine: string | null;
  readonly nics: readonly (NicPlace & { readonly mac: string })[];
  readonly availableMiB: number;
}

/** Looks at the host, which the record knew as it was a while ago, and decides where everything goes. Nothing is made. */
export const checkBuildHost: Step<CreatePorts, BuildPlan> = {
  name: "check-build-host",
  phase: "check",
  run: async ({ ports }) => {
    const task = await ports.build.task();
    const { hypervisor } = await ports.hosts.host(task.hostId);
    const [facts, namesake] = await Promise.all([hypervisor.facts(), hypervisor.uuidOfName(task.instanceName)]);
    const refuse = (reason: string): Error => fail("BUILD_REFUSED", { id: task.serverId, host: task.hostName, reason });
    const obstacle = buildObstacle(facts, { ...task, image: task.order.image }, 0);
    if (obstacle !== null) throw refuse(obstacle);
    if (namesake !== null && namesake !== task.serverId) throw refuse(`another guest there is called ${task.instanceName}`);
    const machine = chooseMachine(facts, ports.virtType);
    if ("obstacle" in machine) throw refuse(machine.obstacle);
    const unguarded = task.guard === null ? null : unguardableThere(facts, task.nics);
    if (unguarded !== null) throw fail("SERVER_UNGUARDABLE", { id: task.serverId, reason: unguarded });
    return { ...machine, ...placesOn(facts, task), availableMiB: availableMiB(facts, 0, reservedHostMemoryMiB) };
  },
  undo: { none: "it only reads" },
};

type Task = Awaited<ReturnType<CreatePorts["build"]["task"]>>;

function placesOn(facts: HostFacts, { serverId, order, nics }: Task) {
  const pool = buildPool(facts.pools, order);
  if (pool === null) throw new Error("A host without a pool for the server passed its check.");
  const at = (name: string): string => `${pool.path}/${name}`;
  const places = nics.flatMap(({ network, mac }) => {
    const place = nicPlace(facts, network);
    return place ? [{ ...place, mac }] : [];
  });
  return {
    pool: pool.name,
    basePath: at(baseFileName(order.image)),
    rootPath: at(rootDiskName(serverId)),
    configDrivePath: order.configDrive && at(configDriveName(serverId)),
    nics: places,
  };
}
