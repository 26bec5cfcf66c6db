import { expect, it } from "vitest";
import { loginsIn } from "../src/hypervisor/host-interfaces.ts";

const record = (type: number): Buffer => {
  const bytes = Buffer.alloc(384);
  bytes.writeInt16LE(type);
  return bytes;
};

it.each([
  ["no records", [], 0],
  ["boot, run level and a login prompt", [record(2), record(1), record(6)], 0],
  ["two users and one who has left", [record(7), record(8), record(7)], 2],
  ["a record that is cut off", [record(7), record(7).subarray(0, 100)], 1],
])("%s", (_, records, users) => expect(loginsIn(Buffer.concat(records))).toBe(users));
