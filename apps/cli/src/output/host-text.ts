import { formatBytes, MIB } from "@ferry/core";
import type { Host } from "../api/hosts.ts";
import { type Cell, renderFields, renderTable } from "./table.ts";

const memory = (mib: number | undefined): string | null => (mib === undefined ? null : formatBytes(mib * MIB));

export function hostsTable(hosts: readonly Host[]): string {
  if (hosts.length === 0) return 'No hosts. Add one with "ferry host add ADDRESS".';
  const rows = hosts.map(({ name, state, enabled, address, servers, facts, problem }) => [
    name,
    enabled ? state : `${state}, disabled`,
    address,
    servers,
    facts?.cpus,
    memory(facts?.memory_total_mib),
    memory(facts?.memory_available_mib),
    facts === null ? null : `${facts.hypervisor_type} ${facts.hypervisor_version}`,
    problem,
  ]);
  return renderTable(["name", "state", "address", "servers", "cpus", "memory", "free", "hypervisor", "problem"], rows);
}

function factFields({ facts }: Host): (readonly [string, Cell])[] {
  if (facts === null) return [["facts", "not known yet"]];
  const pools = facts.pools.map(
    (pool) => `${pool.name} (${pool.type}, ${pool.active ? `${formatBytes(pool.available_bytes)} free` : "inactive"})`,
  );
  return [
    ["hostname", facts.hostname],
    ["hypervisor", `${facts.hypervisor_type} ${facts.hypervisor_version}, libvirt ${facts.libvirt_version}`],
    ["cpus", `${facts.cpus} ${facts.arch}${facts.cpu_model === null ? "" : ` ${facts.cpu_model}`}`],
    ["memory", `${memory(facts.memory_total_mib)}, ${memory(facts.memory_available_mib)} free`],
    ["storage pools", pools.join(", ")],
    ["networks", facts.networks.map((network) => `${network.name}${network.active ? "" : " (inactive)"}`).join(", ")],
    ["bridges", facts.bridges.join(", ")],
  ];
}

const mapText = (map: Host["network_map"]): string | null =>
  Object.entries(map)
    .map(([elsewhere, here]) => `${elsewhere} is ${here}`)
    .join(", ") || null;

export function hostFields(host: Host): string {
  return renderFields([
    ["id", host.id],
    ["name", host.name],
    ["state", host.state],
    ["problem", host.problem],
    ["enabled", host.enabled ? "yes" : `no: ${host.disabled_reason ?? "no reason given"}`],
    ["login", `${host.user}@${host.address} port ${host.port}`],
    ["SSH host key", host.fingerprint],
    ["libvirt", host.uri],
    ["migration address", host.migration_address],
    ["network map", mapText(host.network_map)],
    ["servers", host.servers],
    ...factFields(host),
    ["last seen", host.last_seen_at],
    ["added", host.created_at],
  ]);
}
