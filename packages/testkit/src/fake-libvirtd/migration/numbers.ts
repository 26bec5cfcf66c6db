import { param, type TypedParam } from "@ferry/libvirt";

/** The numbers of one migration, as they grow. Bytes and ms. */
export interface MigrationNumbers {
  memoryTotal: number;
  memoryProcessed: number;
  diskTotal: number;
  diskProcessed: number;
  iteration: number;
  elapsedMs: number;
  downtimeMs: number;
}

export const noNumbers = (): MigrationNumbers => ({
  memoryTotal: 0,
  memoryProcessed: 0,
  diskTotal: 0,
  diskProcessed: 0,
  iteration: 0,
  elapsedMs: 0,
  downtimeMs: 0,
});

/** libvirt's job statistics of an outgoing or a finished migration. */
export function statisticsOf(numbers: MigrationNumbers, operation: number): TypedParam[] {
  const bytes = (field: string, value: number): TypedParam => param.ullong(field, BigInt(value));
  return [
    param.int("operation", operation),
    bytes("time_elapsed", numbers.elapsedMs),
    bytes("downtime", numbers.downtimeMs),
    bytes("setup_time", 1),
    bytes("data_total", numbers.memoryTotal + numbers.diskTotal),
    bytes("data_processed", numbers.memoryProcessed + numbers.diskProcessed),
    bytes("data_remaining", left(numbers.memoryTotal, numbers.memoryProcessed) + left(numbers.diskTotal, numbers.diskProcessed)),
    bytes("memory_total", numbers.memoryTotal),
    bytes("memory_processed", numbers.memoryProcessed),
    bytes("memory_remaining", left(numbers.memoryTotal, numbers.memoryProcessed)),
    bytes("memory_bps", 1_000_000),
    bytes("memory_dirty_rate", 10),
    bytes("memory_page_size", 4096),
    bytes("memory_iteration", numbers.iteration),
    bytes("disk_total", numbers.diskTotal),
    bytes("disk_processed", numbers.diskProcessed),
    bytes("disk_remaining", left(numbers.diskTotal, numbers.diskProcessed)),
    bytes("disk_bps", 1_000_000),
  ];
}

const left = (total: number, done: number): number => Math.max(0, total - done);
