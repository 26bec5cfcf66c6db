import { formatBytes } from "@ferry/core";
import type { Pool } from "../api/pools.ts";
import { renderTable } from "./table.ts";

export function poolsTable(pools: readonly Pool[]): string {
  if (pools.length === 0) return 'No pools. Define one with "ferry pool define HOST NAME --dir PATH".';
  const rows = pools.map(({ host, name, kind, active, path, capacity_bytes, available_bytes }) => [
    host,
    name,
    kind,
    active ? "active" : "stopped",
    active ? formatBytes(capacity_bytes) : null,
    active ? formatBytes(available_bytes) : null,
    path,
  ]);
  return renderTable(["host", "name", "kind", "state", "capacity", "free", "path"], rows);
}
