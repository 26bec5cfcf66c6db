import type { HostPorts } from "@ferry/core";
import type { MigrationPorts } from "../ports.ts";
import { powerNow } from "./note-power.ts";

const LOOK_AGAIN_MS = 500;
const ASK_AGAIN_MS = 10_000;

/** Asks the guest to shut down, again and again, and ends it when it is not off after `shutdownDeadlineMs`. A held guest cannot obey. */
export async function endGuest(uuid: string, host: HostPorts, { clock, settings }: MigrationPorts): Promise<"obeyed" | "forced"> {
  const deadline = clock.now() + settings.shutdownDeadlineMs;
  let askAt = clock.now();
  for (let now = askAt; now < deadline; now = clock.now()) {
    if ((await powerNow(host, uuid)) === "off") return "obeyed";
    if (now >= askAt) {
      await host.hypervisor.shutdown(uuid);
      askAt = now + ASK_AGAIN_MS;
    }
    await clock.sleep(LOOK_AGAIN_MS);
  }
  await host.hypervisor.destroy(uuid);
  return "forced";
}
