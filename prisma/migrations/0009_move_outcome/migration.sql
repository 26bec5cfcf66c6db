-- AlterTable
ALTER TABLE "migrations" ADD COLUMN     "keep_source" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "leave" TEXT NOT NULL DEFAULT 'as-is',
ADD COLUMN     "tunnelled" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "unsafe_cache" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "virsh" TEXT;

-- What Prisma cannot express, by hand from here on.

ALTER TABLE "migrations" ADD CONSTRAINT "migrations_leave_check" CHECK ("leave" IN ('as-is', 'running', 'paused'));
