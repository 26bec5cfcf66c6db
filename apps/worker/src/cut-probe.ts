import type { HostsOptions } from "@ferry/hosts";
import type { Logger } from "pino";

/**
 * For tests that lose an answer on a real connection: with `FERRY_CUT=domainMigrateFinish3Params:2` the connection on which a transfer makes that
 * libvirt call is cut 2 ms after the call was sent. Unset in every other use.
 */
export function cutProbe(env: NodeJS.ProcessEnv, log: Logger): Pick<HostsOptions, "tap"> {
  const wanted = env["FERRY_CUT"];
  if (!wanted) return {};
  const [call, text] = wanted.split(":");
  const afterMs = Number(text);
  if (!call || !text || !Number.isInteger(afterMs) || afterMs < 0) {
    throw new Error(`Cannot use FERRY_CUT=${wanted}: it must be CALL:MILLISECONDS, such as domainMigrateFinish3Params:2.`);
  }
  return {
    tap: ({ host, procedure, connection }) => {
      if (procedure !== call) return;
      setTimeout(() => {
        connection.close();
        log.warn({ host: host.name, call }, "connection cut on request");
      }, afterMs);
    },
  };
}
