import { fail, type GuestStatistics, hostId, powerState, serverId } from "@ferry/core";
import type { ServerRow } from "@ferry/store";
import type { Inquirer } from "./inquire.ts";

const action = "get_diagnostics";

/** Asks the server's host. Throws SERVER_WRONG_STATE unless the guest runs, and whatever keeps a worker from asking. */
export async function readStatistics(inquirer: Inquirer, { id, ...server }: ServerRow): Promise<GuestStatistics> {
  if (server.powerState !== powerState.running || server.hostId === null)
    throw fail("SERVER_WRONG_STATE", { action, id, attribute: "power_state", value: String(server.powerState) });
  const { statistics } = await inquirer.ask("read-statistics", { serverId: serverId(id), hostId: hostId(server.hostId) });
  if (statistics === null) throw fail("SERVER_GONE", { action, id, host: server.hostName ?? "" });
  return statistics;
}
