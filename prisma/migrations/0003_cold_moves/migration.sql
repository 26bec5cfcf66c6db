-- AlterTable
ALTER TABLE "migrations" ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'live';

-- What Prisma cannot express, by hand from here on.

-- Words: a move that is not live has Nova's other statuses; one that is `finished` has not ended, it waits to be confirmed or reverted.
ALTER TABLE "migrations"
    DROP CONSTRAINT "migrations_status_check",
    DROP CONSTRAINT "migrations_ended_check",
    ADD CONSTRAINT "migrations_status_check" CHECK ("status" IN ('accepted', 'queued', 'preparing', 'running', 'pre-migrating', 'migrating', 'post-migrating',
        'finished', 'confirming', 'reverting', 'completed', 'confirmed', 'reverted', 'cancelled', 'failed', 'error')),
    ADD CONSTRAINT "migrations_ended_check" CHECK (("status" IN ('completed', 'confirmed', 'reverted', 'cancelled', 'failed', 'error')) = ("ended_at" IS NOT NULL)),
    ADD CONSTRAINT "migrations_mode_check" CHECK ("mode" IN ('live', 'cold', 'saved', 'offline')),
    ADD CONSTRAINT "migrations_type_check" CHECK ("migration_type" = CASE "mode" WHEN 'live' THEN 'live-migration' ELSE 'migration' END);
ALTER TABLE "artifacts"
    DROP CONSTRAINT "artifacts_kind_check",
    ADD CONSTRAINT "artifacts_kind_check" CHECK ("kind" IN ('volume', 'base-image', 'pool-start', 'network-start', 'nwfilter', 'peer-key', 'saved-state'));
