import type { DefinedDomain } from "./domain-xml.ts";
import type { FakeHost } from "./host.ts";
import { Refusal } from "./refusal.ts";

/** What a process needs to start here. */
export function requireSurroundings(host: FakeHost, definition: DefinedDomain): void {
  const filter = definition.filters.find((name) => !host.nwfilters.has(name));
  if (filter !== undefined) throw new Refusal("internalError", `referenced filter '${filter}' is missing`);
  const bridge = definition.bridges.find((name) => !host.bridges().includes(name));
  if (bridge !== undefined) throw new Refusal("systemError", `Cannot get interface MTU on '${bridge}': No such device`);
  const network = definition.networks.find((name) => !host.networks.get(name)?.active);
  if (network !== undefined) throw new Refusal("operationInvalid", `network '${network}' is not active`);
  if (definition.machine !== undefined && !host.hardware.machines.includes(definition.machine))
    throw new Refusal("configUnsupported", `unsupported machine type '${definition.machine}'`);
}
