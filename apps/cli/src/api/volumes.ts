import type { components } from "@ferry/contract";
import { isUuid } from "@ferry/core";
import { CliError, usageError } from "../cli-error.ts";
import { type Api, microversionHeader } from "./connect.ts";
import { answered } from "./fault.ts";
import type { ServerRef } from "./servers.ts";

export type Volume = components["schemas"]["Volume"];
export type VolumeRequest = components["schemas"]["VolumeRequest"];
export type VolumeAdoption = components["schemas"]["VolumeAdoption"];
export type Attachment = components["schemas"]["Attachment"];
export type AttachmentRequest = components["schemas"]["AttachmentRequest"]["volumeAttachment"];

/** The newest microversion whose attachments have all that the commands show. */
const attachmentMicroversion = "2.89";
const headers = { [microversionHeader]: `compute ${attachmentMicroversion}` };
const remedy = 'Look with "ferry volume list" which volumes there are.';

/** The caller's volumes, newest first. */
export const listVolumes = async (api: Api): Promise<Volume[]> => answered(await api.client.GET("/ferry/v1/volumes")).volumes;

/** The volume with that id or that exact name. Throws VOLUME_NOT_FOUND, or VOLUME_AMBIGUOUS naming the ids. */
export async function findVolume(api: Api, text: string): Promise<Volume> {
  if (text === "") throw usageError('Cannot find volume "": VOLUME must be a name or an id.', remedy);
  const id = text.toLowerCase();
  if (isUuid(id)) return answered(await api.client.GET("/ferry/v1/volumes/{volume_id}", { params: { path: { volume_id: id } } })).volume;
  const named = (await listVolumes(api)).filter(({ name }) => name === text);
  const [first, ...others] = named;
  if (first === undefined)
    throw new CliError("VOLUME_NOT_FOUND", `Cannot find volume "${text}": no volume has that name or id.`, { remedy });
  if (others.length === 0) return first;
  const ids = named.map((volume) => volume.id).join(", ");
  throw new CliError("VOLUME_AMBIGUOUS", `Cannot tell which volume "${text}" is: ${named.length} volumes have that name: ${ids}.`, {
    remedy: "Name the volume by its id.",
  });
}

/** Makes a volume in a pool. */
export const createVolume = async (api: Api, body: VolumeRequest): Promise<Volume> =>
  answered(await api.client.POST("/ferry/v1/volumes", { body })).volume;

/** Takes up a volume that is in a pool already. */
export const adoptVolume = async (api: Api, body: VolumeAdoption): Promise<Volume> =>
  answered(await api.client.POST("/ferry/v1/volumes/adopt", { body })).volume;

/** Deletes the volume and its content. */
export async function deleteVolume(api: Api, { id }: Volume): Promise<void> {
  answered(await api.client.DELETE("/ferry/v1/volumes/{volume_id}", { params: { path: { volume_id: id } } }));
}

/** What is attached to the server. */
export async function listAttachments(api: Api, { id }: ServerRef): Promise<Attachment[]> {
  const params = { path: { server_id: id } };
  return answered(await api.client.GET("/v2.1/servers/{server_id}/os-volume_attachments", { params, headers })).volumeAttachments;
}

/** Asks for the volume to be attached; resolves with its device in the guest once it is accepted. */
export async function attachVolume(api: Api, { id }: ServerRef, volumeAttachment: AttachmentRequest): Promise<string> {
  const params = { path: { server_id: id } };
  const body = { volumeAttachment };
  const answer = await api.client.POST("/v2.1/servers/{server_id}/os-volume_attachments", { params, headers, body });
  return answered(answer).volumeAttachment.device;
}

/** Asks for the volume to be detached. */
export async function detachVolume(api: Api, { id }: ServerRef, volume: Volume): Promise<void> {
  const params = { path: { server_id: id, volume_id: volume.id } };
  answered(await api.client.DELETE("/v2.1/servers/{server_id}/os-volume_attachments/{volume_id}", { params }));
}
