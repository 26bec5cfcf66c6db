-- AlterTable
ALTER TABLE "servers" ADD COLUMN     "build" JSONB,
ADD COLUMN     "config_drive" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "flavor" JSONB,
ADD COLUMN     "image_id" UUID,
ADD COLUMN     "nics" JSONB,
ADD COLUMN     "user_data" TEXT;

-- CreateTable
CREATE TABLE "server_task_steps" (
    "task_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "output" JSONB,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "server_task_steps_pkey" PRIMARY KEY ("task_id","name")
);

-- CreateTable
CREATE TABLE "flavors" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "memory_mib" INTEGER NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "root_gib" INTEGER NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT true,
    "description" TEXT,
    "extra_specs" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flavors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "images" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "disk_format" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "problem" TEXT,
    "sha256" TEXT,
    "size_bytes" BIGINT,
    "virtual_bytes" BIGINT,
    "min_disk_gib" INTEGER NOT NULL DEFAULT 0,
    "min_ram_mib" INTEGER NOT NULL DEFAULT 0,
    "source_host_id" UUID,
    "source_path" TEXT,
    "lease_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "images_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image_chunks" (
    "image_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "image_chunks_pkey" PRIMARY KEY ("image_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "flavors_name_key" ON "flavors"("name");

-- CreateIndex
CREATE INDEX "images_project_id_idx" ON "images"("project_id");

-- AddForeignKey
ALTER TABLE "server_task_steps" ADD CONSTRAINT "server_task_steps_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "server_tasks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "images" ADD CONSTRAINT "images_source_host_id_fkey" FOREIGN KEY ("source_host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image_chunks" ADD CONSTRAINT "image_chunks_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "images"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words: a server that is being made is Nova's `building`, and its task is `create`.
ALTER TABLE "servers"
    DROP CONSTRAINT "servers_task_state_check",
    ADD CONSTRAINT "servers_task_state_check" CHECK ("task_state" IN ('migrating', 'deleting', 'powering-off', 'powering-on', 'rebooting', 'rebooting_hard',
        'pausing', 'unpausing', 'suspending', 'resuming', 'resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish', 'resize_confirming',
        'resize_reverting', 'rebuilding', 'scheduling', 'spawning'));
ALTER TABLE "server_tasks"
    DROP CONSTRAINT "server_tasks_action_check",
    ADD CONSTRAINT "server_tasks_action_check" CHECK ("action" IN ('start', 'stop', 'reboot-soft', 'reboot-hard', 'pause', 'unpause',
        'suspend', 'resume', 'delete', 'create'));
ALTER TABLE "outbox"
    DROP CONSTRAINT "outbox_topic_check",
    ADD CONSTRAINT "outbox_topic_check" CHECK ("topic" IN ('run-migration', 'run-server-task', 'import-image', 'answer-inquiry'));
ALTER TABLE "server_task_steps"
    ADD CONSTRAINT "server_task_steps_phase_check" CHECK ("phase" IN ('check', 'setup', 'migrate', 'cleanup')),
    ADD CONSTRAINT "server_task_steps_state_check" CHECK ("state" IN ('started', 'done', 'failed', 'undone', 'undo-failed'));
ALTER TABLE "flavors" ADD CONSTRAINT "flavors_sizes_check" CHECK ("memory_mib" > 0 AND "vcpus" > 0 AND "root_gib" >= 0);
ALTER TABLE "images"
    ADD CONSTRAINT "images_status_check" CHECK ("status" IN ('queued', 'importing', 'active', 'killed')),
    ADD CONSTRAINT "images_disk_format_check" CHECK ("disk_format" IN ('qcow2', 'raw')),
    ADD CONSTRAINT "images_whole_check" CHECK ("status" <> 'active' OR ("sha256" IS NOT NULL AND "size_bytes" IS NOT NULL AND "virtual_bytes" IS NOT NULL));

-- Images are compressed, or not to be: without PostgreSQL trying so again.
ALTER TABLE "image_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

CREATE TRIGGER "images_touch" BEFORE UPDATE ON "images" FOR EACH ROW EXECUTE FUNCTION "ferry_touch"();

-- What nearly everybody starts with. They may be deleted like any other.
INSERT INTO "flavors" ("id", "name", "memory_mib", "vcpus", "root_gib") VALUES
    ('1', 'm1.tiny', 512, 1, 1), ('2', 'm1.small', 2048, 1, 20), ('3', 'm1.medium', 4096, 2, 40), ('4', 'm1.large', 8192, 4, 80);
