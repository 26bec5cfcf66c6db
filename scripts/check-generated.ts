/** Compares every generated file with what its source says; ends with status 1 and the names of those that do not match. */
import { staleContractFiles } from "./generate-contract.ts";
import { staleCoverageFiles } from "./generate-coverage.ts";
import { stalePrismaFiles } from "./generate-prisma.ts";

const stale = [...(await staleContractFiles()), ...(await staleCoverageFiles()), ...(await stalePrismaFiles())];
if (stale.length > 0) {
  console.error(`Out of date:\n  ${stale.join("\n  ")}\nRun: npm run gen`);
  process.exitCode = 1;
}
