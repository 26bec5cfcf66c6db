import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

const loopback = "127.0.0.1";

/** The port of the last start, so that clients that were told of it find the server again; null before the first start. */
export async function rememberedPort(directory: string): Promise<number | null> {
  const text = await readFile(join(directory, "port"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text === "" ? null : Number(text);
}

export async function rememberPort(directory: string, port: number): Promise<void> {
  await writeFile(join(directory, "port"), String(port), { mode: 0o600 });
}

/** `wanted` if nothing listens there, else one the system gives. */
export async function freePort(wanted: number | null): Promise<number> {
  return (wanted === null ? null : await tryListen(wanted)) ?? (await tryListen(0)) ?? freePort(null);
}

async function tryListen(port: number): Promise<number | null> {
  const server = createServer();
  return await new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(port, loopback, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
