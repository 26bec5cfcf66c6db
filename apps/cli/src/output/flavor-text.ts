import type { Flavor } from "../api/flavors.ts";
import { renderTable } from "./table.ts";

/** Memory in MiB and disks in GiB, as Nova's clients show them; a disk of 0 is as large as the image. */
export function flavorsTable(flavors: readonly Flavor[]): string {
  if (flavors.length === 0) return 'No flavors. Make one with "ferry flavor-create NAME ID RAM DISK VCPUS".';
  const rows = flavors.map((flavor) => [
    flavor.id,
    flavor.name,
    flavor.ram,
    flavor.disk,
    flavor.vcpus,
    flavor["os-flavor-access:is_public"] ? "yes" : "no",
  ]);
  return renderTable(["id", "name", "memory_mb", "disk", "vcpus", "public"], rows);
}
