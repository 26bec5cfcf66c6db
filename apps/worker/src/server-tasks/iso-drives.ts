import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type ConfigDrives, fail, MINUTE } from "@ferry/core";

const run = promisify(execFile);

/** The label by which cloud-init knows a config drive. */
const label = "config-2";

/** Config drives as ISO 9660 images with long names (Joliet and Rock Ridge), made by that program in a directory of its own that goes afterwards. */
export const isoDrives = (program: string): ConfigDrives => ({
  async make(id, files) {
    const directory = await mkdtemp(join(tmpdir(), "ferry-config-drive-"));
    try {
      const content = join(directory, "content");
      for (const [path, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(content, path)), { recursive: true });
        await writeFile(join(content, path), bytes, { mode: 0o600 });
      }
      const image = join(directory, "drive.iso");
      await run(program, ["-quiet", "-J", "-r", "-V", label, "-o", image, content], { timeout: MINUTE });
      return await readFile(image);
    } catch (error) {
      throw fail("CONFIG_DRIVE_FAILED", { id, program }, error);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
});
