/** `npm run gen`: writes every generated file anew, the contract's types and the database client. */
import { writeContractFiles } from "./generate-contract.ts";
import { writePrismaFiles } from "./generate-prisma.ts";

await writeContractFiles();
await writePrismaFiles();
