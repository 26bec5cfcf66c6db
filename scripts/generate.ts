/** `npm run gen`: writes every generated file anew, the contract's types, the page on what is served, and the database client. */
import { writeContractFiles } from "./generate-contract.ts";
import { writeCoverageFiles } from "./generate-coverage.ts";
import { writePrismaFiles } from "./generate-prisma.ts";

await writeContractFiles();
await writeCoverageFiles();
await writePrismaFiles();
