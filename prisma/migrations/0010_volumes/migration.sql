-- CreateTable
CREATE TABLE "volumes" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "project_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "size_gib" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "problem" TEXT,
    "host_id" UUID NOT NULL,
    "pool" TEXT NOT NULL,
    "volume_name" TEXT NOT NULL,
    "path" TEXT,
    "shared_identity" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "volumes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volume_attachments" (
    "volume_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "server_id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "tag" TEXT,
    "delete_on_termination" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "volume_attachments_pkey" PRIMARY KEY ("volume_id")
);

-- CreateIndex
CREATE INDEX "volumes_project_id_created_at_id_idx" ON "volumes"("project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "volumes_host_id_pool_idx" ON "volumes"("host_id", "pool");

-- CreateIndex
CREATE UNIQUE INDEX "volume_attachments_id_key" ON "volume_attachments"("id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_attachments_server_id_target_key" ON "volume_attachments"("server_id", "target");

-- AddForeignKey
ALTER TABLE "volumes" ADD CONSTRAINT "volumes_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_attachments" ADD CONSTRAINT "volume_attachments_volume_id_fkey" FOREIGN KEY ("volume_id") REFERENCES "volumes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume_attachments" ADD CONSTRAINT "volume_attachments_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words.
ALTER TABLE "volumes"
    ADD CONSTRAINT "volumes_status_check" CHECK ("status" IN ('creating', 'available', 'attaching', 'in-use', 'detaching', 'deleting', 'error')),
    ADD CONSTRAINT "volumes_format_check" CHECK ("format" IN ('qcow2', 'raw')),
    ADD CONSTRAINT "volumes_size_check" CHECK ("size_gib" > 0);
ALTER TABLE "servers"
    DROP CONSTRAINT "servers_task_state_check",
    ADD CONSTRAINT "servers_task_state_check" CHECK ("task_state" IN ('migrating', 'deleting', 'powering-off', 'powering-on', 'rebooting', 'rebooting_hard',
        'pausing', 'unpausing', 'suspending', 'resuming', 'resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish', 'resize_confirming',
        'resize_reverting', 'rebuilding', 'scheduling', 'block_device_mapping', 'networking', 'spawning'));
ALTER TABLE "server_tasks"
    DROP CONSTRAINT "server_tasks_action_check",
    ADD CONSTRAINT "server_tasks_action_check" CHECK ("action" IN ('start', 'stop', 'reboot-soft', 'reboot-hard', 'pause', 'unpause',
        'suspend', 'resume', 'delete', 'create', 'attach-volume', 'detach-volume'));

CREATE TRIGGER "volumes_touch" BEFORE UPDATE ON "volumes" FOR EACH ROW EXECUTE FUNCTION "ferry_touch"();

-- However a server comes to another host (a migration, a revert, an evacuation, somebody's virsh), what is attached to it is there too.
CREATE FUNCTION "ferry_volumes_follow"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "volumes" v SET "host_id" = NEW."host_id" FROM "volume_attachments" a WHERE a."volume_id" = v."id" AND a."server_id" = NEW."id";
    RETURN NULL;
END $$;
CREATE TRIGGER "servers_volumes_follow" AFTER UPDATE OF "host_id" ON "servers" FOR EACH ROW
    WHEN (OLD."host_id" IS DISTINCT FROM NEW."host_id") EXECUTE FUNCTION "ferry_volumes_follow"();
