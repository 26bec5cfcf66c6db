import type { components } from "@ferry/contract";
import { isUuid } from "@ferry/core";
import { usageError } from "../cli-error.ts";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";

export type Host = components["schemas"]["Host"];
export type HostCheck = components["schemas"]["HostCheck"];
export type OfferedKey = components["schemas"]["OfferedKeys"]["keys"][number];
export type HostAddition = Partial<components["schemas"]["HostAddition"]> &
  Pick<components["schemas"]["HostAddition"], "address" | "host_key">;
export type FenceDocument = components["schemas"]["FenceDocument"];
export type HostChange = components["schemas"]["HostChange"];

const findRemedy = 'Look with "ferry host list" which hosts there are.';
const nameForm = /^[a-zA-Z0-9._-]{1,255}$/;

/** Refuses what cannot be a host's name or id, before it becomes part of an address. */
export function checkHostName(text: string): string {
  const fits = nameForm.test(text) && text !== "." && text !== "..";
  if (fits) return isUuid(text.toLowerCase()) ? text.toLowerCase() : text;
  throw usageError(`Cannot look for host "${text}": a host's name has only letters, digits, dots, dashes and underscores.`, findRemedy);
}

const pathOf = (host: string): { params: { path: { host_id: string } } } => ({ params: { path: { host_id: checkHostName(host) } } });

export const listHosts = async (api: Api): Promise<Host[]> => answered(await api.client.GET("/ferry/v1/hosts")).hosts;

/** One host by name, number or uuid. */
export const showHost = async (api: Api, host: string): Promise<Host> =>
  answered(await api.client.GET("/ferry/v1/hosts/{host_id}", pathOf(host))).host;

/** Looks at the host now and gives every check. */
export const checkHost = async (api: Api, host: string): Promise<HostCheck> =>
  answered(await api.client.POST("/ferry/v1/hosts/{host_id}/check", pathOf(host)));

/** The host's fence, and the boot that a new one would be for. */
export const showFence = async (api: Api, host: string): Promise<FenceDocument> =>
  answered(await api.client.GET("/ferry/v1/hosts/{host_id}/fence", pathOf(host)));

/** Takes down that the host is dead. */
export const fenceHost = async (api: Api, host: string, body: components["schemas"]["FenceRequest"]): Promise<FenceDocument> =>
  answered(await api.client.POST("/ferry/v1/hosts/{host_id}/fence", { ...pathOf(host), body }));

/** Changes what ferry knows of the host. */
export const changeHost = async (api: Api, host: string, body: HostChange): Promise<Host> =>
  answered(await api.client.PATCH("/ferry/v1/hosts/{host_id}", { ...pathOf(host), body })).host;

/** Forgets the host and its servers; its guests run on. */
export async function removeHost(api: Api, host: string): Promise<void> {
  answered(await api.client.DELETE("/ferry/v1/hosts/{host_id}", pathOf(host)));
}

/** The SSH host keys that the address offers; nothing is trusted or stored by asking. */
export const scanHost = async (api: Api, address: string, port: number): Promise<OfferedKey[]> =>
  answered(await api.client.POST("/ferry/v1/hosts/scan", { body: { address, port } })).keys;

/** ferry's public key, the line for authorized_keys. */
export const showSshKey = async (api: Api): Promise<string> => answered(await api.client.GET("/ferry/v1/ssh-key")).public_key;

/** Adds the host with the key to pin; `adopting` is true while its guests are still being read. */
export async function addHost(api: Api, addition: HostAddition): Promise<{ host: Host; adopting: boolean }> {
  const body = { port: 22, user: "root", uri: "qemu:///system" as const, ...addition };
  const answer = await api.client.POST("/ferry/v1/hosts", { body });
  const { host } = answered(answer);
  return { host, adopting: answer.response.status === 202 };
}
