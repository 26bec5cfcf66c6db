import { Prisma } from "./generated/client.ts";

/** Whether the write broke a unique constraint (Prisma's P2002). */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
