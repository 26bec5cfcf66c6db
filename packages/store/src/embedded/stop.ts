import { access, realpath } from "node:fs/promises";
import { stopServer } from "./postmaster.ts";

/** Stops the server of that directory, whoever started it; nothing happens when none runs or the directory is not there. */
export async function stopEmbeddedPostgres(directory: string): Promise<void> {
  const there = await access(directory).then(
    () => true,
    () => false,
  );
  if (there) await stopServer(await realpath(directory));
}
