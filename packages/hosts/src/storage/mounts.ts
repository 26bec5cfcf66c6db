import { isNoSuchFile, type SshFiles } from "@ferry/libvirt";

type Files = Pick<SshFiles, "readFile">;

const MOUNTS = "/proc/self/mounts";

/** Type of the file system that holds the path, from the host's table of mounts; null when no mount does. */
export async function fileSystemAt(files: Files, path: string): Promise<string | null> {
  let holder = { directory: "", type: null as string | null };
  for (const line of (await readMounts(files)).split("\n")) {
    const [, escaped = "", type = null] = line.split(" ");
    const directory = unescapeOctal(escaped);
    // A later mount on the same directory covers an earlier one.
    if (isBelow(path, directory) && directory.length >= holder.directory.length) holder = { directory, type };
  }
  return holder.type;
}

/** A host without that table (it is Linux's) tells nothing. */
async function readMounts(files: Files): Promise<string> {
  try {
    return (await files.readFile(MOUNTS)).toString("utf8");
  } catch (error) {
    if (isNoSuchFile(error)) return "";
    throw error;
  }
}

const isBelow = (path: string, directory: string): boolean =>
  directory === "/" || path === directory || (directory !== "" && path.startsWith(`${directory}/`));

/** The kernel writes blanks, tabs, line breaks and backslashes as `\\040` and the like. */
const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
