import { createServer, type Server } from "node:net";
import { waitFor } from "./processes.ts";

/**
 * Runs `body` while no other process of this machine runs one under the same `name`. The lock is an abstract unix socket:
 * the kernel frees it with the process, so that a crash leaves no stale lock. @throws Error when it stays taken for `timeoutMs`.
 */
export async function withLock<T>(name: string, body: () => Promise<T>, timeoutMs = 180_000): Promise<T> {
  const server = createServer();
  await waitFor(() => listens(server, `\0ferry-lab-lock-${name}`), `the lab lock "${name}", which another command holds`, timeoutMs);
  try {
    return await body();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function listens(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    };
    server.once("error", failed);
    server.listen(path, () => {
      server.off("error", failed);
      resolve(true);
    });
  });
}
