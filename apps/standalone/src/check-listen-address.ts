import { once } from "node:events";
import { createServer } from "node:net";
import { listenError, parseListenAddress } from "@ferry/core";

/**
 * Listens there once and stops. Tried before anything else is started or written, so that a second ferry leaves the first one's database and login
 * alone. Throws a ConfigurationError with the remedy.
 */
export async function checkListenAddress(listen: string): Promise<void> {
  const address = parseListenAddress(listen);
  const server = createServer();
  try {
    server.listen(address);
    await once(server, "listening");
  } catch (error) {
    throw listenError(address, error);
  }
  server.close();
  await once(server, "close");
}
