import { type Children, sameShapes, shape, textShape } from "../shape.ts";

/** Guest-visible place of a device. Part of the guest ABI: must be equal on both hosts. */
export const address = shape(
  "base bus controller cssid devno domain function iobase irq multifunction port reg slot ssid target type uuid unit",
  {
    zpci: shape("fid uid"),
  },
);

/** Members that any device may have. An alias is shown for all devices while the guest runs and kept only when the user chose it. */
export const deviceInfo: Children = { alias: shape("name"), acpi: shape("index"), address };

export const boot = shape("order loadparm");
export const rom = shape("bar enabled file");

/** Options of virtio devices inside a `<driver>`. */
export const virtioOptions = "ats iommu packed page_per_vq";
export const virtioDriver = shape(virtioOptions);

/** Security label of one device or path, or (with a type) of the whole guest. Dynamic ones are made anew on each host. */
export const seclabel = shape("labelskip model relabel type", sameShapes("label imagelabel baselabel", textShape()));
export const reconnect = shape("enabled timeout delay");
export const state = shape("state");
export const secret = shape("type usage uuid");
export const sized = textShape("unit");
