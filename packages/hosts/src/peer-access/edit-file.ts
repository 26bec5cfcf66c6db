import { isNoSuchFile, type SshFiles } from "@ferry/libvirt";

/** What an edit needs of the host. */
export type TextFiles = Pick<SshFiles, "readFile" | "writeFile" | "unlink" | "stat">;

const ATTEMPTS = 5;
const NEW_FILE_MODE = 0o600;

/**
 * Edits a small text file that others may edit as well. `edit` gets the text (null: no file) and returns the new text (null: no file), the
 * same text for no change. The new file replaces the old one at once and keeps its mode. It is read back; when another's edit, made at the
 * same time, has overwritten ours, it is made again.
 */
export async function editFile(files: TextFiles, path: string, edit: (text: string | null) => string | null): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const before = await readText(files, path);
    const after = edit(before);
    if (after === before) return;
    if (after === null) await files.unlink(path);
    else await files.writeFile(path, after, { mode: await modeOf(files, path) });
  }
  throw new Error(`Cannot edit ${path}: others change it at the same time. Try again.`);
}

async function readText(files: TextFiles, path: string): Promise<string | null> {
  try {
    return (await files.readFile(path)).toString("utf8");
  } catch (error) {
    if (isNoSuchFile(error)) return null;
    throw error;
  }
}

async function modeOf(files: TextFiles, path: string): Promise<number> {
  try {
    return (await files.stat(path)).mode;
  } catch (error) {
    if (isNoSuchFile(error)) return NEW_FILE_MODE;
    throw error;
  }
}

/** Makes the directory, unless it is there, readable for its owner only. */
export async function ensureDirectory(files: SshFiles, path: string): Promise<void> {
  try {
    await files.stat(path);
  } catch (error) {
    if (!isNoSuchFile(error)) throw error;
    await files.mkdir(path, { mode: 0o700 });
  }
}
