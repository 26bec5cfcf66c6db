import type { Prisma } from "./generated/client.ts";

/**
 * A plain value as a JSON column takes it. Goes through JSON text, so what is stored is what a reader gets: no `undefined`, dates as strings.
 */
export const toJson = (value: unknown): Prisma.InputJsonValue => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
