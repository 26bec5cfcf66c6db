import { ConfigurationError } from "./configuration-error.ts";

/** Where a server listens: a name or an IP address without brackets, and a port from 0 (any that is free) to 65535. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const maxPort = 65_535;

/** `127.0.0.1:8774`, `[::1]:8774`. Throws a ConfigurationError that names FERRY_LISTEN. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host !== undefined && port <= maxPort) return { host, port };
  throw new ConfigurationError(`Cannot start: FERRY_LISTEN is ${text}, must be ADDRESS:PORT such as 127.0.0.1:8774.`);
}

/** System error codes of a failed listen that stay until somebody changes the configuration or ends another program. */
const listenProblems: Readonly<Record<string, (address: ListenAddress) => string>> = {
  EADDRINUSE: ({ port }) =>
    `port ${port} is in use, by another ferry or another program. End that one, or choose another port: FERRY_LISTEN=127.0.0.1:${port < maxPort ? port + 1 : port - 1}`,
  EADDRNOTAVAIL: ({ host }) => `this machine has no address ${host}. Set FERRY_LISTEN to one of its own, such as 127.0.0.1:8774`,
  EACCES: ({ port }) => `this user may not listen on port ${port}. Choose one above 1023: FERRY_LISTEN=127.0.0.1:8774`,
  ENOTFOUND: ({ host }) => `the name ${host} is not known. Set FERRY_LISTEN to an address of this machine, such as 127.0.0.1:8774`,
};

/** Why listening there failed, as a ConfigurationError when it is a mistake of configuration; any other error as it is. */
export function listenError(address: ListenAddress, error: unknown): unknown {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  const problem = typeof code === "string" ? listenProblems[code] : undefined;
  if (problem === undefined) return error;
  const shown = address.host.includes(":") ? `[${address.host}]` : address.host;
  return new ConfigurationError(`Cannot listen on ${shown}:${address.port}: ${problem(address)}.`, { cause: error });
}
