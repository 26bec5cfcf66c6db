import { type Api, microversionHeader } from "./connect.ts";
import { answered } from "./fault.ts";
import { migrationOfLocation, type Server, type ServerRef } from "./servers.ts";

/** The last microversion at which a server that ran is started at its new host. */
const startsServer = "2.94";

interface Accepted {
  /** Uuid of the migration. */
  readonly migration: string;
  /** Under which the server's actions list it. */
  readonly requestId: string;
}

/** Asks for the evacuation of the server from its dead host; without a host ferry chooses one. */
export async function evacuate(api: Api, server: ServerRef, { host }: { host: string | null }): Promise<Accepted> {
  const answer = await api.client.POST("/v2.1/servers/{server_id}/action", {
    params: { path: { server_id: server.id } },
    headers: { [microversionHeader]: `compute ${startsServer}` },
    body: { evacuate: host === null ? {} : { host } },
  });
  answered(answer);
  return { migration: migrationOfLocation(answer.response), requestId: answer.response.headers.get("x-openstack-request-id") ?? "" };
}

/** Servers of that host, of all projects. */
export async function serversOfHost(api: Api, host: string): Promise<Server[]> {
  const params = { query: { all_tenants: "1", host, limit: "1000" } };
  return answered(await api.client.GET("/v2.1/servers/detail", { params })).servers;
}
