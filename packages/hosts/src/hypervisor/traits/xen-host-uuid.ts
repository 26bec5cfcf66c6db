import { isUuid } from "@ferry/core";
import { SshFileError, type SshFiles } from "@ferry/libvirt";

/** Where the kernel and the system tell what makes this machine known: the firmware's uuid, and the one made at installation. */
const identities = ["/sys/class/dmi/id/product_uuid", "/etc/machine-id"] as const;

/** libvirt's Xen driver has no `<uuid>` in its capabilities: the machine's own is read. Null when it has none. */
export async function xenHostUuid(told: string | null, files: () => Promise<Pick<SshFiles, "readFile">>): Promise<string | null> {
  if (told !== null) return told;
  const sftp = await files();
  for (const path of identities) {
    const uuid = asUuid(await textOf(sftp, path));
    if (uuid !== null) return uuid;
  }
  return null;
}

/** `/etc/machine-id` has no dashes. */
function asUuid(text: string): string | null {
  const hex = text.trim().toLowerCase().replaceAll("-", "");
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return isUuid(uuid) && !/^[0-]+$/.test(uuid) ? uuid : null;
}

async function textOf(files: Pick<SshFiles, "readFile">, path: string): Promise<string> {
  try {
    return (await files.readFile(path)).toString("latin1");
  } catch (error) {
    if (error instanceof SshFileError) return "";
    throw error;
  }
}
