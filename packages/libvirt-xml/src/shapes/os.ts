import { type Children, sameShapes, shape, textShape } from "../shape.ts";

const smbios = shape("", { entry: textShape("name") });

/** How the guest starts: firmware, kernel, boot order, and what it reads of the machine's identity. */
export const os: Children = {
  bootloader: textShape(),
  bootloader_args: textShape(),
  os: shape("firmware", {
    type: textShape("arch machine"),
    ...sameShapes("kernel initrd cmdline root dtb", textShape()),
    firmware: shape("", { feature: shape("enabled name") }),
    loader: textShape("format readonly secure stateless type"),
    nvram: textShape("format template templateFormat"),
    boot: shape("dev"),
    bootmenu: shape("enable timeout"),
    smbios: shape("mode"),
    bios: shape("rebootTimeout useserial"),
    acpi: shape("", { table: textShape("type") }),
  }),
  sysinfo: shape("type", {
    ...sameShapes("bios system baseBoard chassis", smbios),
    oemStrings: shape("", { entry: textShape() }),
    entry: textShape("file name"),
  }),
};

/** `<clock>` and its timers. */
export const clock = shape("adjustment basis offset start timezone", {
  timer: shape("frequency mode name present tickpolicy track", { catchup: shape("limit slew threshold") }),
});
