-- AlterTable
ALTER TABLE "servers" ADD COLUMN     "fault_at" TIMESTAMPTZ(6),
ADD COLUMN     "fault_message" TEXT,
ADD COLUMN     "locked_by" TEXT;

-- CreateTable
CREATE TABLE "server_tasks" (
    "server_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "was_off" BOOLEAN NOT NULL DEFAULT false,
    "request_id" TEXT NOT NULL,
    "lease_owner" TEXT,
    "lease_token" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_tasks_pkey" PRIMARY KEY ("server_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "server_tasks_id_key" ON "server_tasks"("id");

-- AddForeignKey
ALTER TABLE "server_tasks" ADD CONSTRAINT "server_tasks_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words: the states of the code, refused here too when somebody writes another. Those of resize and cold migration are Nova's as well.
ALTER TABLE "servers"
    DROP CONSTRAINT "servers_vm_state_check",
    DROP CONSTRAINT "servers_task_state_check",
    ADD CONSTRAINT "servers_vm_state_check" CHECK ("vm_state" IN ('active', 'building', 'paused', 'suspended', 'stopped', 'resized', 'error', 'deleted')),
    ADD CONSTRAINT "servers_task_state_check" CHECK ("task_state" IN ('migrating', 'deleting', 'powering-off', 'powering-on', 'rebooting', 'rebooting_hard',
        'pausing', 'unpausing', 'suspending', 'resuming', 'resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish', 'resize_confirming',
        'resize_reverting')),
    ADD CONSTRAINT "servers_locked_by_check" CHECK ("locked_by" IN ('owner', 'admin')),
    ADD CONSTRAINT "servers_fault_check" CHECK (("fault_message" IS NULL) = ("fault_at" IS NULL));
ALTER TABLE "server_tasks" ADD CONSTRAINT "server_tasks_action_check" CHECK ("action" IN ('start', 'stop', 'reboot-soft', 'reboot-hard', 'pause', 'unpause',
    'suspend', 'resume', 'delete'));
ALTER TABLE "outbox"
    DROP CONSTRAINT "outbox_topic_check",
    ADD CONSTRAINT "outbox_topic_check" CHECK ("topic" IN ('run-migration', 'run-server-task', 'answer-inquiry'));
