import type { components } from "@ferry/contract";
import { isUuid, type MoveOutcome } from "@ferry/core";
import { CliError, usageError } from "../cli-error.ts";
import { type Api, forceMicroversion, microversion, microversionHeader } from "./connect.ts";
import { answered } from "./fault.ts";

/** What the commands show of a server. The attributes of the host are there for administrators only. */
export type Server = Pick<
  components["schemas"]["Server"],
  | "id"
  | "name"
  | "status"
  | "progress"
  | "flavor"
  | "tenant_id"
  | "created"
  | "updated"
  | "locked"
  | "locked_reason"
  | "fault"
  | "host_status"
  | "OS-EXT-STS:vm_state"
  | "OS-EXT-STS:task_state"
  | "OS-EXT-SRV-ATTR:host"
  | "OS-EXT-SRV-ATTR:instance_name"
>;
export type TransportChoice = "auto" | "p2p" | "direct";

/** A server that was found: enough to name it in requests and in sentences. */
export interface ServerRef {
  readonly id: string;
  readonly name: string;
}

const findRemedy = 'Look with "ferry list" which servers there are.';

/** An administrator sees the servers of all projects; asking for that is forbidden to others. */
const scopeOf = async (api: Api): Promise<{ all_tenants?: string }> => ((await api.isAdmin()) ? { all_tenants: "1" } : {});

async function readPage(api: Api, query: Record<string, string>): Promise<{ servers: Server[]; more: boolean }> {
  const page = answered(await api.client.GET("/v2.1/servers/detail", { params: { query } }));
  return { servers: page.servers, more: page.servers_links !== undefined };
}

/** Reads page after page; a page that does not lead on (its last server was the marker) ends it as well. */
async function listPages(api: Api, filters: { name?: string }): Promise<Server[]> {
  const query = { ...(await scopeOf(api)), ...filters };
  const servers: Server[] = [];
  for (let marker: string | undefined; ; ) {
    const page = await readPage(api, marker === undefined ? query : { ...query, marker });
    const last = page.servers.at(-1)?.id;
    if (last !== undefined && last === marker) return servers;
    servers.push(...page.servers);
    if (!page.more || last === undefined) return servers;
    marker = last;
  }
}

/** All servers that the caller may see, newest first. */
export const listServers = (api: Api): Promise<Server[]> => listPages(api, {});

/** One server in full. */
export async function showServer(api: Api, id: string): Promise<Server> {
  const answer = await api.client.GET("/v2.1/servers/{server_id}", { params: { path: { server_id: id } } });
  return answered(answer).server;
}

/** The text as a regular expression that matches only itself, in the server's dialect as in ours. */
const literally = (text: string): string => `^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;

function onlyOne(name: string, found: readonly Server[]): ServerRef {
  const [first, ...others] = found;
  if (first === undefined)
    throw new CliError("SERVER_NOT_FOUND", `Cannot find server "${name}": no server has that name or id.`, { remedy: findRemedy });
  if (others.length > 0) {
    const ids = found.map((server) => server.id).join(", ");
    throw new CliError("SERVER_AMBIGUOUS", `Cannot tell which server "${name}" is: ${found.length} servers have that name: ${ids}.`, {
      remedy: "Name the server by its id.",
    });
  }
  return { id: first.id, name: first.name };
}

const findByName = async (api: Api, name: string): Promise<ServerRef> =>
  onlyOne(
    name,
    (await listPages(api, { name: literally(name) })).filter((server) => server.name === name),
  );

/** The server with that id or that exact name. Throws SERVER_NOT_FOUND, or SERVER_AMBIGUOUS naming the ids. */
export async function findServer(api: Api, text: string): Promise<ServerRef> {
  if (text === "") throw usageError('Cannot find server "": SERVER must be a name or an id.');
  const id = text.toLowerCase();
  if (!isUuid(id)) return findByName(api, text);
  const answer = await api.client.GET("/v2.1/servers/{server_id}", { params: { path: { server_id: id } } });
  if (answer.response.status === 404) return findByName(api, text);
  const { server } = answered(answer);
  return { id: server.id, name: server.name };
}

/** What to ask of `os-migrateLive`. */
export interface MoveOrder {
  /** Null: ferry chooses. */
  readonly host: string | null;
  /** True copies the local disks; otherwise ferry finds out whether they must be copied. */
  readonly blockMigrate: boolean;
  readonly force: boolean;
  readonly transport: TransportChoice;
  readonly outcome: MoveOutcome;
}

const moveBody = ({ host, blockMigrate, force }: MoveOrder) => {
  const block_migration = blockMigrate ? true : ("auto" as const);
  return { "os-migrateLive": force ? { host, block_migration, force } : { host, block_migration } };
};

/** ferry's own additions to Nova's action; what is as usual is not said, so that whoever may move may do it. */
const moveHeaders = ({ transport, outcome: { leave, keepSource, tunnelled, unsafeCache } }: MoveOrder) => ({
  ...(transport === "auto" ? {} : { "X-Ferry-Transport": transport }),
  ...(leave === "as-is" ? {} : { "X-Ferry-Leave": leave }),
  ...(keepSource ? { "X-Ferry-Keep-Source": "true" as const } : {}),
  ...(tunnelled ? { "X-Ferry-Tunnelled": "true" as const } : {}),
  ...(unsafeCache ? { "X-Ferry-Unsafe-Cache": "true" as const } : {}),
});

/** `http://h/ferry/v1/migrations/0c1f…` -> `0c1f…`. */
export function migrationOfLocation(response: Response): string {
  const location = response.headers.get("location") ?? "";
  const last = location.split("/").at(-1) ?? "";
  if (isUuid(last) || /^\d+$/.test(last)) return last;
  throw new CliError("LOCATION_MISSING", `The move was accepted, but the answer does not name the migration (Location "${location}").`, {
    remedy: 'Look for it with "ferry migration list".',
  });
}

/** Asks for the move; resolves with the id of the migration (uuid or number) once it is accepted. */
export async function migrateLive(api: Api, server: ServerRef, order: MoveOrder): Promise<string> {
  const answer = await api.client.POST("/v2.1/servers/{server_id}/action", {
    params: { path: { server_id: server.id }, header: moveHeaders(order) },
    headers: { [microversionHeader]: `compute ${order.force ? forceMicroversion : microversion}` },
    body: moveBody(order),
  });
  answered(answer);
  return migrationOfLocation(answer.response);
}
