import type { Element } from "@xmldom/xmldom";
import { attributeOf, childrenOf, find, setAttributes } from "./element.ts";

/** Addresses that mean the same on every host. */
const everywhere: ReadonlySet<string> = new Set(["0.0.0.0", "::", "127.0.0.1", "::1", "localhost", ""]);

/** Replaces addresses of the source host on which consoles listen. Ports and sockets stay. */
export function rewriteListenAddresses(devices: Element | null, address: string): void {
  for (const graphics of childrenOf(devices, "graphics")) {
    replace(graphics, "listen", address);
    for (const listen of childrenOf(graphics, "listen")) if (attributeOf(listen, "type") === "address") replace(listen, "address", address);
  }
  for (const line of ["serial", "console", "parallel", "channel"].flatMap((name) => childrenOf(devices, name))) {
    const source = find(line, "source");
    if (source && attributeOf(source, "mode") === "bind") replace(source, "host", address);
  }
}

function replace(element: Element, name: string, address: string): void {
  const value = attributeOf(element, name);
  if (value !== null && !everywhere.has(value)) setAttributes(element, { [name]: address });
}
