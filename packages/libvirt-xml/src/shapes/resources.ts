import { type Children, sameShapes, shape, textShape } from "../shape.ts";
import { sized } from "./common.ts";

const memory: Children = {
  memory: textShape("unit dumpCore"),
  currentMemory: sized,
  maxMemory: textShape("unit slots"),
  memoryBacking: shape("", {
    hugepages: shape("", { page: shape("nodeset size unit") }),
    source: shape("type"),
    access: shape("mode"),
    allocation: shape("mode threads"),
    ...sameShapes("nosharepages locked discard"),
  }),
  memtune: shape("", sameShapes("hard_limit soft_limit min_guarantee swap_hard_limit", sized)),
};

const vcpus: Children = {
  vcpu: textShape("cpuset current placement"),
  vcpus: shape("", { vcpu: shape("enabled hotpluggable id order") }),
  iothreads: textShape(),
  iothreadids: shape("", { iothread: shape("id thread_pool_max thread_pool_min", { poll: shape("max grow shrink") }) }),
  defaultiothread: shape("thread_pool_max thread_pool_min"),
};

const cputune = shape("", {
  ...sameShapes(
    "shares period quota global_period global_quota emulator_period emulator_quota iothread_period iothread_quota",
    textShape(),
  ),
  vcpupin: shape("cpuset vcpu"),
  emulatorpin: shape("cpuset"),
  iothreadpin: shape("cpuset iothread"),
  vcpusched: shape("priority scheduler vcpus"),
  iothreadsched: shape("iothreads priority scheduler"),
  emulatorsched: shape("priority scheduler"),
});

const blkiotune = shape("", {
  weight: textShape(),
  device: shape("", sameShapes("path weight read_iops_sec write_iops_sec read_bytes_sec write_bytes_sec", textShape())),
});

const numatune = shape("", { memory: shape("mode nodeset placement"), memnode: shape("cellid mode nodeset") });

/** What the guest gets of the host: memory, CPUs, and how they are limited and placed. */
export const resources: Children = {
  ...memory,
  ...vcpus,
  cputune,
  blkiotune,
  numatune,
  resource: shape("", { partition: textShape(), fibrechannel: shape("appid") }),
};
