-- AlterTable
ALTER TABLE "migrations" ADD COLUMN     "starts_guest" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "host_fences" (
    "host_id" UUID NOT NULL,
    "boot_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "fenced_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),
    "end_reason" TEXT,

    CONSTRAINT "host_fences_pkey" PRIMARY KEY ("host_id")
);

-- CreateTable
CREATE TABLE "guest_documents" (
    "server_id" UUID NOT NULL,
    "xml" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guest_documents_pkey" PRIMARY KEY ("server_id")
);

-- CreateTable
CREATE TABLE "directory_sightings" (
    "host_id" UUID NOT NULL,
    "directory" TEXT NOT NULL,
    "witness_id" UUID NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "host_boot_id" TEXT NOT NULL,
    "witness_boot_id" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "directory_sightings_pkey" PRIMARY KEY ("host_id","directory","witness_id")
);

-- AddForeignKey
ALTER TABLE "host_fences" ADD CONSTRAINT "host_fences_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest_documents" ADD CONSTRAINT "guest_documents_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_sightings" ADD CONSTRAINT "directory_sightings_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_sightings" ADD CONSTRAINT "directory_sightings_witness_id_fkey" FOREIGN KEY ("witness_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words: an evacuation has Nova's statuses, of which `done` is an end that becomes `completed` when its source has come back and was cleaned.
ALTER TABLE "migrations"
    DROP CONSTRAINT "migrations_status_check",
    DROP CONSTRAINT "migrations_ended_check",
    DROP CONSTRAINT "migrations_mode_check",
    DROP CONSTRAINT "migrations_type_check",
    ADD CONSTRAINT "migrations_status_check" CHECK ("status" IN ('accepted', 'queued', 'preparing', 'running', 'pre-migrating', 'migrating', 'post-migrating',
        'finished', 'confirming', 'reverting', 'done', 'completed', 'confirmed', 'reverted', 'cancelled', 'failed', 'error')),
    ADD CONSTRAINT "migrations_ended_check" CHECK (("status" IN ('done', 'completed', 'confirmed', 'reverted', 'cancelled', 'failed', 'error')) = ("ended_at" IS NOT NULL)),
    ADD CONSTRAINT "migrations_mode_check" CHECK ("mode" IN ('live', 'cold', 'saved', 'offline', 'evacuate')),
    ADD CONSTRAINT "migrations_type_check" CHECK ("migration_type" = CASE "mode" WHEN 'live' THEN 'live-migration' WHEN 'evacuate' THEN 'evacuation' ELSE 'migration' END);
ALTER TABLE "servers"
    DROP CONSTRAINT "servers_task_state_check",
    ADD CONSTRAINT "servers_task_state_check" CHECK ("task_state" IN ('migrating', 'deleting', 'powering-off', 'powering-on', 'rebooting', 'rebooting_hard',
        'pausing', 'unpausing', 'suspending', 'resuming', 'resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish', 'resize_confirming',
        'resize_reverting', 'rebuilding', 'scheduling', 'spawning'));
ALTER TABLE "artifacts"
    DROP CONSTRAINT "artifacts_kind_check",
    ADD CONSTRAINT "artifacts_kind_check" CHECK ("kind" IN ('volume', 'base-image', 'pool-start', 'network-start', 'nwfilter', 'peer-key', 'saved-state', 'definition'));
ALTER TABLE "host_fences"
    ADD CONSTRAINT "host_fences_method_check" CHECK ("method" IN ('manual', 'ipmi', 'power-off')),
    ADD CONSTRAINT "host_fences_end_reason_check" CHECK ("end_reason" IN ('restarted', 'never-dead', 'answers')),
    ADD CONSTRAINT "host_fences_ended_check" CHECK (("ended_at" IS NULL) = ("end_reason" IS NULL));
