import { openAsBlob } from "node:fs";
import type { components } from "@ferry/contract";
import { CliError } from "../cli-error.ts";
import type { Api } from "./connect.ts";
import { answered, faultOf } from "./fault.ts";

export type Image = components["schemas"]["Image"];
export type ImageAddition = Pick<components["schemas"]["ImageAddition"], "name" | "disk_format" | "source"> &
  Partial<components["schemas"]["ImageAddition"]>;

const pathOf = (id: string): { params: { path: { image_id: string } } } => ({ params: { path: { image_id: id } } });

export const listImages = async (api: Api): Promise<Image[]> => answered(await api.client.GET("/ferry/v1/images")).images;

export const showImage = async (api: Api, id: string): Promise<Image> =>
  answered(await api.client.GET("/ferry/v1/images/{image_id}", pathOf(id))).image;

/** Enters the image; its content comes afterwards. */
export const addImage = async (api: Api, addition: ImageAddition): Promise<Image> =>
  answered(await api.client.POST("/ferry/v1/images", { body: addition as components["schemas"]["ImageAddition"] })).image;

export async function deleteImage(api: Api, { id }: Pick<Image, "id">): Promise<void> {
  answered(await api.client.DELETE("/ferry/v1/images/{image_id}", pathOf(id)));
}

/** The file, opened before anything is asked. Throws FILE_UNREADABLE. */
export async function openFile(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (error) {
    throw new CliError("FILE_UNREADABLE", `Cannot read the file ${path}.`, {
      remedy: "Name a file that is there and may be read.",
      cause: error,
    });
  }
}

/** Gives the image its content. Throws what the service refuses. */
export async function uploadImage(api: Api, { id }: Pick<Image, "id">, content: Blob): Promise<void> {
  const response = await api.putFile(`/ferry/v1/images/${id}/file`, content);
  if (!response.ok) throw faultOf({ response, error: await response.json().catch(() => null) });
}

/** The image of that id or name. Throws IMAGE_NOT_FOUND, or IMAGE_AMBIGUOUS naming the ids. */
export async function findImage(api: Api, text: string): Promise<Image> {
  const images = await listImages(api);
  const found = images.filter(({ id, name }) => id === text || name === text);
  const [first, ...others] = found;
  if (first === undefined)
    throw new CliError("IMAGE_NOT_FOUND", `Cannot find image "${text}": no image has that name or id.`, {
      remedy: 'Look with "ferry image-list" which images there are.',
    });
  if (others.length > 0)
    throw new CliError("IMAGE_AMBIGUOUS", `Cannot tell which image "${text}" is: ${found.map(({ id }) => id).join(", ")}.`, {
      remedy: "Name the image by its id.",
    });
  return first;
}
