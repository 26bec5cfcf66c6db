import { expect, it } from "vitest";
import { whyNotOnXen, type XenSituation } from "./xen-part.ts";

const situation: XenSituation = { wish: undefined, picks: false, isBuilt: false, elapsed: 25, memoryAvailableMiB: 8192 };

it.each([
  ["there is time to build the hypervisor and to test", {}, null],
  ["there is no time for both", { elapsed: 58 }, "58 of 75 minutes are over, and building the hypervisor and the test may take 18."],
  ["the hypervisor is built", { elapsed: 28, isBuilt: true }, null],
  ["there is no time even so", { elapsed: 66, isBuilt: true }, "66 of 75 minutes are over, and the test may take 10."],
  ["there is too little memory", { memoryAvailableMiB: 3000 }, "it needs 4096 MiB of memory, and 3000 MiB are free."],
  ["the command line picks tests", { picks: true }, "the command line picks other tests."],
  ["it is left out", { wish: "0" }, "FERRY_TEST_XEN=0 leaves it out."],
  ["it is wanted, late and with little memory", { wish: "1", elapsed: 90, picks: true, memoryAvailableMiB: 0 }, null],
] as [string, Partial<XenSituation>, string | null][])("npm test on Xen when %s", (_, change, reason) => {
  const said = whyNotOnXen({ ...situation, ...change });
  if (reason === null) expect(said).toBeNull();
  else expect(said).toContain(reason);
});
