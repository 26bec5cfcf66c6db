import { type Check, pass, refuse, sourceSilent } from "./check.ts";

/** Nova #12: power state running or paused, as the hypervisor says now. */
export const serverIsRunning: Check = {
  key: "server-is-running",
  judge: (facts) => {
    const { order, source } = facts;
    const seen = source.observation;
    if (!source.host || seen.kind === "unreachable") return sourceSilent(facts);
    if (seen.kind === "absent") {
      return refuse(
        `Cannot move server ${order.serverName}: it is not on ${source.record.name}.`,
        "Run `ferry host check` for the host where it runs; that refreshes the record.",
      );
    }
    if (seen.migrationJob !== "none") {
      return refuse(
        `Cannot move server ${order.serverName}: it has a migration job on ${source.record.name} that is not ferry's.`,
        "Wait for it, or abort it: virsh domjobabort.",
      );
    }
    if (seen.state === "running" || seen.state === "paused")
      return pass(`Server ${order.serverName} is ${seen.state} on ${source.record.name}.`);
    return refuse(
      `Cannot move server ${order.serverName}: it is ${seen.state} on ${source.record.name}, must be running or paused.`,
      "Start it first; a live migration moves a running guest.",
    );
  },
};
