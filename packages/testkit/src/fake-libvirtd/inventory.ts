import { createHash } from "node:crypto";
import type { FakeHost } from "./host.ts";

/** Everything on a host that an outsider can see, as sorted lines: two equal inventories mean that nothing was left and nothing was taken. */
export function inventoryOf(host: FakeHost): string[] {
  return [
    ...[...host.domains.values()].map(
      (domain) =>
        `guest ${domain.name} ${domain.uuid} ${domain.emulator ? "active" : "off"} ${domain.persistentXml === null ? "transient" : digest(domain.persistentXml)}`,
    ),
    ...host.pools.all().map((pool) => `pool ${pool.name} ${pool.active ? "active" : "stopped"}`),
    ...[...host.networks.values()].map((network) => `network ${network.name} ${network.active ? "active" : "stopped"}`),
    ...[...host.nwfilters.values()].map((filter) => `nwfilter ${filter.name} ${filter.uuid} ${digest(filter.xml)}`),
    ...host.files.paths().map((path) => fileLine(host, path)),
    ...host.files.directories().map((path) => `directory ${path}`),
  ].sort();
}

/** Contents of disk images change while their guests run, so of those only the place counts. */
function fileLine(host: FakeHost, path: string): string {
  const file = host.files.get(path);
  if (!file || file.image) return `image ${path}`;
  return `file ${path} ${file.mode.toString(8)} ${digest(file.content())}`;
}

const digest = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 12);
