import { copyFile } from "node:fs/promises";
import Table from "cli-table3";
import { IMAGES_DIR, pathOn, virsh } from "../lab/index.ts";
import { EXPECTED } from "../matrix/expected.ts";
import { COLUMN_KEYS, COLUMNS, type ColumnKey, type Disks, isLocal } from "../matrix/kinds.ts";
import { BenchWorld, type HostName, otherHost } from "./bench-world.ts";
import { type FerryMove, moveByFerry } from "./ferry-move.ts";
import { rested } from "./overhead.ts";
import { median } from "./statistics.ts";
import { moveByVirsh, type VirshMove } from "./virsh-move.ts";

export interface CellOptions {
  /** Columns; empty means all. */
  readonly disks: readonly string[];
  readonly pairs: number;
}

/** The rows of the matrix in which a running guest moves, and how its test asks for them. */
const rows = {
  "live-shared": { blockMigration: false, transport: "p2p" },
  "live-block": { blockMigration: true, transport: "p2p" },
  "live-auto": { blockMigration: "auto", transport: "direct" },
} as const;
type Row = keyof typeof rows;

interface Cell {
  readonly column: ColumnKey;
  readonly row: Row;
  readonly pairs: readonly { readonly ferry: FerryMove; readonly virsh: VirshMove }[];
}

/** Each live cell by ferry and by `virsh migrate --p2p` in turn, on the same hosts with the same guest. Prints one line a cell. */
export async function benchCells(options: CellOptions): Promise<void> {
  const cells: Cell[] = [];
  for (const column of chosen(options.disks)) cells.push(...(await benchColumn(column, options.pairs)));
  const head = ["disks", "move", "ferry ms", "virsh ms", "ferry / virsh", "gap ferry / virsh", "downtime ferry / virsh"];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const cell of cells) table.push(lineOf(cell));
  console.log(`\nmedians of ${options.pairs}; ms; gap: the longest silence that a peer on the network hears\n${table.toString()}`);
}

function chosen(wanted: readonly string[]): ColumnKey[] {
  const unknown = wanted.find((one) => !COLUMN_KEYS.some((key) => key === one));
  if (unknown !== undefined) throw new Error(`There is no column "${unknown}": the columns are ${COLUMN_KEYS.join(", ")}.`);
  return wanted.length === 0 ? COLUMN_KEYS : COLUMN_KEYS.filter((key) => wanted.includes(key));
}

async function benchColumn(column: ColumnKey, count: number): Promise<Cell[]> {
  const { disks } = COLUMNS[column];
  const world = await BenchWorld.open({ memoryMiB: 128, disks, say: () => undefined });
  const cells: Cell[] = [];
  try {
    for (const row of Object.keys(rows) as Row[]) {
      if (EXPECTED[column][row] === "moves") cells.push(await benchCell(world, column, row, count));
    }
  } finally {
    await world.close();
  }
  return cells;
}

async function benchCell(world: BenchWorld, column: ColumnKey, row: Row, count: number): Promise<Cell> {
  const { transport, blockMigration } = rows[row];
  const pairs: Cell["pairs"][number][] = [];
  for (let number = 0; number < count; number++) {
    const ferry = await rested(world, () => moveByFerry(world, otherHost(world.at), transport, { blockMigration }));
    const to = otherHost(world.at);
    await prepareDisks(world, COLUMNS[column], to);
    const virsh = await rested(world, () => moveByVirsh(world, to, copyFlags(COLUMNS[column])));
    pairs.push({ ferry, virsh });
  }
  console.log(
    `${column}, ${row}: ferry ${pairs.map(({ ferry }) => Math.round(ferry.totalMs))} ms, virsh ${pairs.map(({ virsh }) => Math.round(virsh.totalMs))} ms`,
  );
  return { column, row, pairs };
}

/** libvirt copies writable disks only, and counts `vda`, `vdb`, … over all that are no CD-ROM. */
function copyFlags({ disks }: Disks): string[] {
  const writable = disks.filter((kind) => !kind.endsWith("iso"));
  const targets = writable.flatMap((kind, index) => (isLocal(kind) ? [`vd${"abcdefgh"[index]}`] : []));
  if (targets.length === 0) return [];
  return [disks.includes("overlay") ? "--copy-storage-inc" : "--copy-storage-all", "--migrate-disks", targets.join(",")];
}

/** What a person does before: an overlay without content at the destination. Its base, and an ISO image, are there since ferry's first move. */
async function prepareDisks(world: BenchWorld, { disks }: Disks, to: HostName): Promise<void> {
  const [from, there] = [world.host(world.at), world.host(to)];
  if (disks.includes("overlay")) {
    const path = `${IMAGES_DIR}/${world.guest}.qcow2`;
    const info = JSON.parse(await from.exec(["qemu-img", "info", "-U", "--output=json", "-f", "qcow2", path])) as Record<string, unknown>;
    const [base, size] = [String(info["full-backing-filename"]), String(info["virtual-size"])];
    await there.exec(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, path, size]);
  }
  if (disks.includes("iso")) {
    const path = `${IMAGES_DIR}/${world.guest}.vdb.iso`;
    await copyFile(pathOn(from, path), pathOn(there, path));
  }
  await virsh(there, ["pool-refresh", "default"]);
}

function lineOf({ column, row, pairs }: Cell): string[] {
  const of = (pick: (pair: Cell["pairs"][number]) => number): number => median(pairs.map(pick));
  const [ferry, virsh] = [of((pair) => pair.ferry.totalMs), of((pair) => pair.virsh.totalMs)];
  const both = (pick: (move: FerryMove | VirshMove) => number): string =>
    [of((pair) => pick(pair.ferry)), of((pair) => pick(pair.virsh))].map((value) => value.toFixed(0)).join(" / ");
  const ratio = of((pair) => pair.ferry.totalMs / pair.virsh.totalMs).toFixed(2);
  return [
    COLUMNS[column].title,
    row,
    ferry.toFixed(0),
    virsh.toFixed(0),
    ratio,
    both((move) => move.gapMs),
    both((move) => move.downtimeMs),
  ];
}
