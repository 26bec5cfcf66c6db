/** `npm run gen` for the database: the Prisma client from prisma/schema.prisma. */
import { rm } from "node:fs/promises";
import { clientPath, generateClient } from "./prisma/generate-client.ts";

await rm(clientPath, { recursive: true, force: true });
await generateClient();
