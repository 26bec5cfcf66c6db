import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureOptionalPackages } from "../packages.ts";
import { run } from "../run.ts";

/** Writes an ISO 9660 image with one small file that tells whose it is. */
export async function writeIso(path: string, owner: string): Promise<void> {
  await ensureOptionalPackages("iso");
  const content = await mkdtemp(join(tmpdir(), "ferry-lab-iso-"));
  try {
    await writeFile(join(content, "owner.txt"), `${owner}\n`);
    await run(["genisoimage", "-quiet", "-rational-rock", "-volid", "lab", "-output", path, content]);
  } finally {
    await rm(content, { recursive: true, force: true });
  }
}
