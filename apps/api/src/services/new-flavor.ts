import { randomUUID } from "node:crypto";
import { fail } from "@ferry/core";
import type { NewFlavor } from "@ferry/store";
import { isTrue } from "./loose-boolean.ts";

/** The value of `flavor` in the body of POST /flavors, checked. */
export interface FlavorBody {
  readonly name: string;
  readonly id?: string | number | null;
  readonly ram: string | number;
  readonly vcpus: string | number;
  readonly disk: string | number;
  readonly swap?: string | number;
  readonly "OS-FLV-EXT-DATA:ephemeral"?: string | number;
  readonly rxtx_factor?: string | number;
  readonly "os-flavor-access:is_public"?: string | boolean;
  readonly description?: string | null;
}

/** Numbers may come as text, which the contract has checked for digits only. Throws VALIDATION_FAILED for one that is too small or too large. */
export function newFlavor(body: FlavorBody): NewFlavor {
  const { id } = body;
  return {
    id: id === undefined || id === null || id === "auto" ? randomUUID() : String(id),
    name: body.name,
    memoryMiB: sizeOf("ram", body.ram, 1),
    vcpus: sizeOf("vcpus", body.vcpus, 1),
    rootGiB: sizeOf("disk", body.disk, 0),
    swapMiB: sizeOf("swap", body.swap || 0, 0),
    ephemeralGiB: sizeOf("ephemeral", body["OS-FLV-EXT-DATA:ephemeral"] ?? 0, 0),
    rxtxFactor: factorOf(body.rxtx_factor ?? 1),
    isPublic: isTrue(body["os-flavor-access:is_public"] ?? true),
    description: body.description ?? null,
    extraSpecs: {},
  };
}

const largest = 2_147_483_647;

function sizeOf(name: string, value: string | number, least: number): number {
  const size = Number(value);
  if (size >= least && size <= largest) return size;
  throw outside(name, value, `It must be from ${least} to ${largest}`);
}

function factorOf(value: string | number): number {
  const factor = Number(value);
  if (factor > 0) return factor;
  throw outside("rxtx_factor", value, "It must be greater than 0");
}

const outside = (name: string, value: string | number, rule: string): Error =>
  fail("VALIDATION_FAILED", { sentence: `Invalid input for field/attribute ${name}. Value: ${value}. ${rule}` });
