import { fail } from "@ferry/core";
import { isTrue } from "../loose-boolean.ts";
import type { BlockDevice, NewServerBody } from "./body.ts";

const invalid = (sentence: string): Error => fail("VALIDATION_FAILED", { sentence });

/**
 * Pure: the id of the image that the server's one disk is made of: `imageRef`, or what newer clients send beside it, the image as the first local disk.
 * Throws VALIDATION_FAILED for all other disks: they are attached to the server when it is there.
 */
export function rootImageOf({ imageRef = "", block_device_mapping_v2: devices = [] }: NewServerBody): string {
  const [device, ...more] = devices;
  if (device === undefined && imageRef === "") throw invalid("Invalid imageRef provided.");
  if (device === undefined) return imageRef;
  const image = more.length === 0 ? imageOf(device) : null;
  if (image === null)
    throw invalid(
      "Block Device Mapping is Invalid: a server is made with one disk, of an image, on its host (source_type image, destination_type local, " +
        "boot_index 0, delete_on_termination true). Attach volumes when it is there.",
    );
  if (imageRef !== "" && imageRef !== image)
    throw invalid(`Block Device Mapping is Invalid: its image ${image} is not the one of imageRef, ${imageRef}.`);
  return image;
}

function imageOf({ uuid, source_type, destination_type = "local", boot_index, delete_on_termination = true }: BlockDevice): string | null {
  const isRoot = boot_index === 0 || boot_index === "0";
  const fits = source_type === "image" && destination_type === "local" && isRoot && isTrue(delete_on_termination);
  return fits && typeof uuid === "string" ? uuid : null;
}
