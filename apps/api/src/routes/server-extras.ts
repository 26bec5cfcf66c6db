import { fail } from "@ferry/core";
import type { RouteDefinition } from "../route.ts";
import { readStatistics } from "../services/guest-statistics.ts";
import type { Inquirer } from "../services/inquire.ts";
import { diagnosticsView } from "../views/diagnostics.ts";

/** What Nova tells of a server under paths of their own: diagnostics, password, topology, consoles. */
export function serverExtraRoutes(inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "showServerDiagnostics",
      access: "server",
      rule: "os_compute_api:os-server-diagnostics",
      handle: async ({ server, minor }) => {
        const statistics = await readStatistics(inquirer, server);
        return { body: diagnosticsView(statistics, server, minor, new Date()) };
      },
    },
    {
      operation: "showServerPassword",
      access: "server",
      rule: "os_compute_api:os-server-password:show",
      handle: () => ({ body: { password: "" } }),
    },
    {
      operation: "clearServerPassword",
      access: "server",
      rule: "os_compute_api:os-server-password:clear",
      handle: () => ({ status: 204 }),
    },
    {
      operation: "showServerTopology",
      access: "server",
      rule: "compute:server:topology:index",
      handle: () => ({ body: { nodes: [], pagesize_kb: null } }),
    },
    {
      operation: "createRemoteConsole",
      access: "server",
      rule: "os_compute_api:os-remote-consoles",
      handle: ({ body }) => {
        const { remote_console: asked } = body as { remote_console: { type: string } };
        throw fail("VALIDATION_FAILED", { sentence: `Unavailable console type ${asked.type}.` });
      },
    },
  ];
}
