import { sameShapes, shape, textShape } from "../shape.ts";
import { characterDevices } from "./character-devices.ts";
import { deviceInfo, sized, virtioDriver, virtioOptions } from "./common.ts";
import { disk } from "./disk.ts";
import { displayDevices } from "./display.ts";
import { networkInterface } from "./interface.ts";

const controller = shape("index maxEventChannels maxGrantFrames model ports type vectors", {
  driver: shape(`cmd_per_lun ioeventfd iothread max_sectors queues ${virtioOptions}`),
  master: shape("startport"),
  model: shape("name"),
  target: shape("busNr chassis chassisNr hotplug index memReserve port", { node: textShape() }),
  pcihole64: sized,
  ...deviceInfo,
});

const memoryDevice = shape("access discard model", {
  uuid: textShape(),
  source: shape("", { pagesize: sized, nodemask: textShape() }),
  target: shape("dynamicMemslots", {
    ...sameShapes("size block requested current", sized),
    node: textShape(),
    label: shape("", { size: sized }),
    readonly: shape(),
    address: shape("base"),
  }),
  ...deviceInfo,
});

/** `<devices>`, without those that cannot move (see `immovable.ts`). */
export const devices = shape("", {
  emulator: textShape(),
  disk,
  controller,
  interface: networkInterface,
  ...characterDevices,
  ...displayDevices,
  input: shape("bus model type", { driver: virtioDriver, ...deviceInfo }),
  hub: shape("type", deviceInfo),
  memory: memoryDevice,
  watchdog: shape("action model", deviceInfo),
  memballoon: shape("autodeflate freePageReporting model", { stats: shape("period"), driver: virtioDriver, ...deviceInfo }),
  panic: shape("model", deviceInfo),
  nvram: shape("", deviceInfo),
  iommu: shape("model", { driver: shape("aw_bits caching_mode dma_translation eim intremap iotlb passthrough xtsup"), ...deviceInfo }),
  vsock: shape("model", { cid: shape("address auto"), driver: virtioDriver, ...deviceInfo }),
});
