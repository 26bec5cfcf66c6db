import type { components } from "@ferry/contract";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";

export type NewServer = components["schemas"]["NewServer"];

/** A server that was accepted, and the id under which its making is listed. */
export interface AcceptedServer {
  readonly id: string;
  readonly adminPass: string;
  readonly requestId: string;
}

/** Asks for a new server; resolves once it is accepted. */
export async function bootServer(api: Api, server: NewServer): Promise<AcceptedServer> {
  const answer = await api.client.POST("/v2.1/servers", { body: { server } });
  const accepted = answered(answer);
  if (!("server" in accepted)) throw new Error("The service answered with a reservation that was not asked for.");
  const { id, adminPass } = accepted.server;
  return { id, adminPass, requestId: answer.response.headers.get("x-openstack-request-id") ?? "" };
}
