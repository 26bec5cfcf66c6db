import type { components } from "@ferry/contract";
import { type Api, microversionHeader } from "./connect.ts";
import { answered } from "./fault.ts";
import type { ServerRef } from "./servers.ts";

/** What is to be done to a server where it is; `delete` has a request of its own. */
export type ServerDeed = Omit<components["schemas"]["ServerAction"], "os-migrateLive">;

/** The newest microversion of instance actions that tells why one failed. */
const detailsMicroversion = "2.84";

const requestIdOf = (response: Response): string => response.headers.get("x-openstack-request-id") ?? "";

/** Asks for the deed; resolves, once it is accepted, with the id under which the server's actions list it. */
export async function actOnServer(api: Api, { id }: ServerRef, deed: ServerDeed): Promise<string> {
  const params = { path: { server_id: id } };
  // openapi-fetch takes a property whose only value is null for one that may not be sent.
  const answer = await api.client.POST("/v2.1/servers/{server_id}/action", { params, body: deed as never });
  answered(answer);
  return requestIdOf(answer.response);
}

/** The same for the end of the server. */
export async function deleteServer(api: Api, { id }: ServerRef): Promise<string> {
  const answer = await api.client.DELETE("/v2.1/servers/{server_id}", { params: { path: { server_id: id } } });
  answered(answer);
  return requestIdOf(answer.response);
}

/** An action as Nova's list shows it. */
export type InstanceAction = components["schemas"]["InstanceAction"];
/** The same with its events: for administrators with the reason of a failure. */
export type InstanceActionDetails = components["schemas"]["InstanceActionDocument"]["instanceAction"];

/** What was asked of the server, newest first. The list outlives the server, which is then named by its id. */
export async function listActions(api: Api, { id }: Pick<ServerRef, "id">): Promise<InstanceAction[]> {
  const answer = await api.client.GET("/v2.1/servers/{server_id}/os-instance-actions", { params: { path: { server_id: id } } });
  return answered(answer).instanceActions;
}

/** One of them with its events. */
export async function showAction(api: Api, { id }: Pick<ServerRef, "id">, requestId: string): Promise<InstanceActionDetails> {
  const answer = await api.client.GET("/v2.1/servers/{server_id}/os-instance-actions/{request_id}", {
    params: { path: { server_id: id, request_id: requestId } },
    headers: { [microversionHeader]: `compute ${detailsMicroversion}` },
  });
  return answered(answer).instanceAction;
}

/** How far an action is; `problem` is told to administrators only. */
export type ActionOutcome =
  | { readonly state: "running" }
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly problem: string | null };

/** How far the action of that request is. Its record outlives the server. */
export async function actionOutcome(api: Api, server: ServerRef, requestId: string): Promise<ActionOutcome> {
  const { events = [] } = await showAction(api, server, requestId);
  const failed = events.find((event) => event.result === "Error");
  if (failed !== undefined) return { state: "failed", problem: failed.details ?? null };
  return events.length > 0 && events.every((event) => event.finish_time !== null) ? { state: "done" } : { state: "running" };
}
