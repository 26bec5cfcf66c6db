import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * The parts of Prisma's own generator that are used, loaded through `require` because its ES module build does not resolve. They are what
 * `prisma generate` calls; the CLI package itself is left out because it brings 160 MB of studio and development servers.
 */
const require = createRequire(import.meta.url);
const { getGenerators } = require("@prisma/internals") as typeof import("@prisma/internals");
const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts") as typeof import("@prisma/client-generator-ts");

export const schemaPath = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));
export const clientPath = fileURLToPath(new URL("../../packages/store/src/generated", import.meta.url));

/** Writes the Prisma client of that schema file to the `output` that the schema names, relative to it. Needs no engine binary and no network. */
export async function generateClient(schema: string = schemaPath): Promise<void> {
  const generators = await getGenerators({
    schemaPath: schema,
    skipDownload: true,
    cliCommand: "generate",
    registry: { "prisma-client": { type: "in-process", generator: new PrismaClientTsGenerator() } },
  });
  for (const generator of generators) {
    await generator.generate();
    generator.stop();
  }
}
