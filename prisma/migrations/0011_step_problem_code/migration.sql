-- AlterTable
ALTER TABLE "migration_steps" ADD COLUMN     "problem_code" TEXT,
ADD COLUMN     "undo_problem" TEXT;

-- AlterTable
ALTER TABLE "server_task_steps" ADD COLUMN     "problem_code" TEXT,
ADD COLUMN     "undo_problem" TEXT;

-- What Prisma cannot express, by hand from here on.

-- The reason of a failed undo used to stand in the place of the failure's.
UPDATE "migration_steps" SET "undo_problem" = "problem", "problem" = NULL WHERE "state" = 'undo-failed';
UPDATE "server_task_steps" SET "undo_problem" = "problem", "problem" = NULL WHERE "state" = 'undo-failed';
