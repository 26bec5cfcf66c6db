import { hostId } from "@ferry/core";
import { afterAll, beforeAll, describe } from "vitest";
import type { Subject } from "../conformance/host-ports/subject.ts";
import { hostPortsSuite } from "../conformance/host-ports/suite.ts";
import { GUEST_FILTER, hostNamed, IMAGES_DIR, type Inventory, inventory, type Lab, labDown, labUp, startGuest } from "../lab/index.ts";
import { driversOf } from "./support/host-drivers.ts";

const OPTIONS = { name: "lab-conf", subnet: "198.18.92.0/24" };
const GUEST = "conf001";

/** A running guest's image grows. */
const withoutSizes = (found: Inventory) => ({ ...found, volumes: Object.keys(found.volumes) });

describe("real hosts", () => {
  let lab: Lab;
  let subject: Subject;

  beforeAll(async () => {
    await labDown(OPTIONS);
    lab = await labUp({ ...OPTIONS, hosts: 2 });
    await startGuest(lab, { host: "compute1", name: GUEST });
    const { hosts } = driversOf(lab);
    const [source, destination] = [await hosts.host(hostId("compute1")), await hosts.host(hostId("compute2"))];
    const uuid = (await source.hypervisor.uuidOfName(GUEST)) ?? "";
    subject = {
      hosts,
      source,
      destination,
      guest: { uuid, name: GUEST, diskPath: `${IMAGES_DIR}/${GUEST}.qcow2`, filter: GUEST_FILTER },
      network: "lab",
      device: "/dev/loop0",
      inventory: async ({ address }) => withoutSizes(await inventory(hostNamed(lab, address.name))),
    };
  });

  afterAll(async () => {
    await subject?.hosts.close();
    await labDown(OPTIONS);
  });

  hostPortsSuite(() => subject);
});
