-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "hosts" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "port" INTEGER NOT NULL DEFAULT 22,
    "user" TEXT NOT NULL,
    "host_key" TEXT NOT NULL,
    "uri" TEXT NOT NULL DEFAULT 'qemu:///system',
    "migration_address" TEXT,
    "state" TEXT NOT NULL DEFAULT 'adding',
    "problem" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" TEXT,
    "forced_down" BOOLEAN NOT NULL DEFAULT false,
    "facts" JSONB,
    "hypervisor_uuid" UUID,
    "last_seen_at" TIMESTAMPTZ(6),
    "monitor_owner" TEXT,
    "monitor_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hosts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "servers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "instance_name" TEXT NOT NULL,
    "host_id" UUID NOT NULL,
    "project_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "vm_state" TEXT NOT NULL,
    "task_state" TEXT,
    "power_state" INTEGER NOT NULL,
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "locked_reason" TEXT,
    "description" TEXT,
    "memory_mib" INTEGER NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "root_gib" INTEGER NOT NULL DEFAULT 0,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "definition" JSONB NOT NULL,
    "persistent" BOOLEAN NOT NULL DEFAULT true,
    "progress" INTEGER NOT NULL DEFAULT 0,
    "launched_at" TIMESTAMPTZ(6),
    "terminated_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "servers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "migrations" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "server_id" UUID NOT NULL,
    "server_name" TEXT NOT NULL,
    "migration_type" TEXT NOT NULL DEFAULT 'live-migration',
    "status" TEXT NOT NULL DEFAULT 'accepted',
    "source_host_id" UUID,
    "source_host" TEXT NOT NULL,
    "requested_host_id" UUID,
    "requested_host" TEXT,
    "destination_host_id" UUID,
    "destination_host" TEXT,
    "block_migration" TEXT NOT NULL,
    "disk_over_commit" BOOLEAN,
    "force" BOOLEAN NOT NULL DEFAULT false,
    "transport_asked" TEXT NOT NULL DEFAULT 'auto',
    "transport" TEXT,
    "bandwidth_mibps" INTEGER NOT NULL DEFAULT 0,
    "abort_requested_at" TIMESTAMPTZ(6),
    "handed_over_at" TIMESTAMPTZ(6),
    "problem_code" TEXT,
    "problem" TEXT,
    "checks" JSONB,
    "progress" JSONB,
    "summary" JSONB,
    "pending_work" BOOLEAN NOT NULL DEFAULT false,
    "request_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "lease_owner" TEXT,
    "lease_token" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "migrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "migration_slots" (
    "server_id" UUID NOT NULL,
    "migration_id" UUID NOT NULL,

    CONSTRAINT "migration_slots_pkey" PRIMARY KEY ("server_id")
);

-- CreateTable
CREATE TABLE "migration_steps" (
    "migration_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "output" JSONB,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "migration_steps_pkey" PRIMARY KEY ("migration_id","name")
);

-- CreateTable
CREATE TABLE "claims" (
    "migration_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "memory_mib" INTEGER NOT NULL,
    "vcpus" INTEGER NOT NULL,
    "disk_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("migration_id")
);

-- CreateTable
CREATE TABLE "artifacts" (
    "host_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "migration_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifacts_pkey" PRIMARY KEY ("host_id","kind","key")
);

-- CreateTable
CREATE TABLE "instance_actions" (
    "request_id" TEXT NOT NULL,
    "server_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "message" TEXT,
    "start_time" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_actions_pkey" PRIMARY KEY ("server_id","request_id")
);

-- CreateTable
CREATE TABLE "instance_action_events" (
    "id" BIGSERIAL NOT NULL,
    "server_id" UUID NOT NULL,
    "request_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "host" TEXT,
    "start_time" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finish_time" TIMESTAMPTZ(6),
    "result" TEXT,
    "details" TEXT,

    CONSTRAINT "instance_action_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inquiries" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "answer" JSONB,
    "problem_code" TEXT,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "inquiries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "server_id" UUID,
    "migration_id" UUID,
    "host_id" UUID,
    "project_id" TEXT,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_counter" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "last_id" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "event_counter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_assignments" (
    "user_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "role_assignments_pkey" PRIMARY KEY ("user_id","project_id","role")
);

-- CreateTable
CREATE TABLE "tokens" (
    "hash" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "project_id" TEXT,
    "audit_id" TEXT NOT NULL,
    "methods" TEXT[],
    "roles" TEXT[],
    "issued_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "hosts_number_key" ON "hosts"("number");

-- CreateIndex
CREATE UNIQUE INDEX "hosts_name_key" ON "hosts"("name");

-- CreateIndex
CREATE UNIQUE INDEX "hosts_address_port_key" ON "hosts"("address", "port");

-- CreateIndex
CREATE INDEX "servers_project_id_created_at_id_idx" ON "servers"("project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "servers_created_at_id_idx" ON "servers"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "servers_host_id_idx" ON "servers"("host_id");

-- CreateIndex
CREATE INDEX "servers_name_idx" ON "servers"("name");

-- CreateIndex
CREATE UNIQUE INDEX "migrations_number_key" ON "migrations"("number");

-- CreateIndex
CREATE INDEX "migrations_server_id_created_at_idx" ON "migrations"("server_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "migrations_status_idx" ON "migrations"("status");

-- CreateIndex
CREATE INDEX "migrations_source_host_id_idx" ON "migrations"("source_host_id");

-- CreateIndex
CREATE INDEX "migrations_destination_host_id_idx" ON "migrations"("destination_host_id");

-- CreateIndex
CREATE INDEX "migrations_created_at_id_idx" ON "migrations"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "migration_slots_migration_id_key" ON "migration_slots"("migration_id");

-- CreateIndex
CREATE INDEX "claims_host_id_idx" ON "claims"("host_id");

-- CreateIndex
CREATE INDEX "artifacts_migration_id_idx" ON "artifacts"("migration_id");

-- CreateIndex
CREATE INDEX "instance_action_events_server_id_request_id_idx" ON "instance_action_events"("server_id", "request_id");

-- CreateIndex
CREATE INDEX "inquiries_created_at_idx" ON "inquiries"("created_at");

-- CreateIndex
CREATE INDEX "events_migration_id_id_idx" ON "events"("migration_id", "id");

-- CreateIndex
CREATE INDEX "events_server_id_id_idx" ON "events"("server_id", "id");

-- CreateIndex
CREATE INDEX "events_created_at_idx" ON "events"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "projects_name_key" ON "projects"("name");

-- CreateIndex
CREATE UNIQUE INDEX "users_name_key" ON "users"("name");

-- CreateIndex
CREATE INDEX "tokens_expires_at_idx" ON "tokens"("expires_at");

-- AddForeignKey
ALTER TABLE "servers" ADD CONSTRAINT "servers_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrations" ADD CONSTRAINT "migrations_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrations" ADD CONSTRAINT "migrations_source_host_id_fkey" FOREIGN KEY ("source_host_id") REFERENCES "hosts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrations" ADD CONSTRAINT "migrations_destination_host_id_fkey" FOREIGN KEY ("destination_host_id") REFERENCES "hosts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrations" ADD CONSTRAINT "migrations_requested_host_id_fkey" FOREIGN KEY ("requested_host_id") REFERENCES "hosts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migration_slots" ADD CONSTRAINT "migration_slots_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migration_slots" ADD CONSTRAINT "migration_slots_migration_id_fkey" FOREIGN KEY ("migration_id") REFERENCES "migrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migration_steps" ADD CONSTRAINT "migration_steps_migration_id_fkey" FOREIGN KEY ("migration_id") REFERENCES "migrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_migration_id_fkey" FOREIGN KEY ("migration_id") REFERENCES "migrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance_actions" ADD CONSTRAINT "instance_actions_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instance_action_events" ADD CONSTRAINT "instance_action_events_server_id_request_id_fkey" FOREIGN KEY ("server_id", "request_id") REFERENCES "instance_actions"("server_id", "request_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words: the states of the code, refused here too when somebody writes another.
ALTER TABLE "hosts" ADD CONSTRAINT "hosts_state_check" CHECK ("state" IN ('adding', 'up', 'down', 'quarantined'));
ALTER TABLE "servers"
    ADD CONSTRAINT "servers_vm_state_check" CHECK ("vm_state" IN ('active', 'building', 'paused', 'suspended', 'stopped', 'error', 'deleted')),
    ADD CONSTRAINT "servers_task_state_check" CHECK ("task_state" IN ('migrating', 'deleting')),
    ADD CONSTRAINT "servers_power_state_check" CHECK ("power_state" IN (0, 1, 3, 4, 6, 7)),
    ADD CONSTRAINT "servers_deleted_check" CHECK (("vm_state" = 'deleted') = ("terminated_at" IS NOT NULL));
ALTER TABLE "migrations"
    ADD CONSTRAINT "migrations_status_check" CHECK ("status" IN ('accepted', 'queued', 'preparing', 'running', 'post-migrating', 'completed', 'cancelled', 'failed', 'error')),
    ADD CONSTRAINT "migrations_ended_check" CHECK (("status" IN ('completed', 'cancelled', 'failed', 'error')) = ("ended_at" IS NOT NULL)),
    ADD CONSTRAINT "migrations_block_migration_check" CHECK ("block_migration" IN ('true', 'false', 'auto')),
    ADD CONSTRAINT "migrations_transport_asked_check" CHECK ("transport_asked" IN ('p2p', 'direct', 'auto')),
    ADD CONSTRAINT "migrations_transport_check" CHECK ("transport" IN ('p2p', 'direct')),
    ADD CONSTRAINT "migrations_handed_over_check" CHECK ("handed_over_at" IS NULL OR "destination_host" IS NOT NULL);
ALTER TABLE "migration_steps"
    ADD CONSTRAINT "migration_steps_phase_check" CHECK ("phase" IN ('check', 'setup', 'migrate', 'cleanup')),
    ADD CONSTRAINT "migration_steps_state_check" CHECK ("state" IN ('started', 'done', 'failed', 'undone', 'undo-failed'));
ALTER TABLE "claims" ADD CONSTRAINT "claims_amounts_check" CHECK ("memory_mib" > 0 AND "vcpus" > 0 AND "disk_bytes" >= 0);
ALTER TABLE "artifacts"
    ADD CONSTRAINT "artifacts_kind_check" CHECK ("kind" IN ('volume', 'base-image', 'pool-start', 'network-start', 'nwfilter', 'peer-key')),
    ADD CONSTRAINT "artifacts_state_check" CHECK ("state" IN ('making', 'made', 'kept'));
ALTER TABLE "instance_action_events" ADD CONSTRAINT "instance_action_events_result_check" CHECK ("result" IN ('Success', 'Error'));
ALTER TABLE "inquiries"
    ADD CONSTRAINT "inquiries_state_check" CHECK ("state" IN ('asked', 'answered', 'failed')),
    ADD CONSTRAINT "inquiries_ended_check" CHECK (("state" = 'asked') = ("ended_at" IS NULL));
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_topic_check" CHECK ("topic" IN ('run-migration', 'answer-inquiry'));
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_role_check" CHECK ("role" IN ('admin', 'manager', 'member', 'reader'));

-- The one row that numbers the events.
ALTER TABLE "event_counter" ADD CONSTRAINT "event_counter_one_row_check" CHECK ("id" = 1);
INSERT INTO "event_counter" ("id", "last_id") VALUES (1, 0);

-- A migration that has ended stays as it ended, and the fencing token of its lease never goes back.
CREATE FUNCTION "ferry_guard_migration"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."ended_at" IS NOT NULL AND NEW."status" <> OLD."status" THEN
        RAISE EXCEPTION 'migration % has ended as %, it cannot become %', OLD."id", OLD."status", NEW."status" USING ERRCODE = 'check_violation';
    END IF;
    IF NEW."lease_token" < OLD."lease_token" THEN
        RAISE EXCEPTION 'the lease token of migration % cannot go back', OLD."id" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "migrations_guard" BEFORE UPDATE ON "migrations" FOR EACH ROW EXECUTE FUNCTION "ferry_guard_migration"();

-- The time of the last change, by one clock for all writers. A lease that is only prolonged changes nothing worth telling.
CREATE FUNCTION "ferry_touch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."updated_at" = clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER "hosts_touch" BEFORE UPDATE ON "hosts" FOR EACH ROW
    WHEN (OLD."monitor_until" IS NOT DISTINCT FROM NEW."monitor_until") EXECUTE FUNCTION "ferry_touch"();
CREATE TRIGGER "servers_touch" BEFORE UPDATE ON "servers" FOR EACH ROW EXECUTE FUNCTION "ferry_touch"();
CREATE TRIGGER "migrations_touch" BEFORE UPDATE ON "migrations" FOR EACH ROW
    WHEN (OLD."lease_until" IS NOT DISTINCT FROM NEW."lease_until") EXECUTE FUNCTION "ferry_touch"();
CREATE TRIGGER "instance_actions_touch" BEFORE UPDATE ON "instance_actions" FOR EACH ROW EXECUTE FUNCTION "ferry_touch"();

-- News for who listens now. PostgreSQL delivers them at commit, in commit order; a payload is an id, so it stays below the limit of 8000 bytes.
CREATE FUNCTION "ferry_notify_id"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_ARGV[0], NEW."id"::text);
    RETURN NULL;
END $$;
CREATE TRIGGER "outbox_notify" AFTER INSERT ON "outbox" FOR EACH ROW EXECUTE FUNCTION "ferry_notify_id"('ferry_outbox');
CREATE TRIGGER "events_notify" AFTER INSERT ON "events" FOR EACH ROW EXECUTE FUNCTION "ferry_notify_id"('ferry_events');
CREATE TRIGGER "inquiries_notify" AFTER UPDATE OF "state" ON "inquiries" FOR EACH ROW
    WHEN (OLD."ended_at" IS NULL AND NEW."ended_at" IS NOT NULL) EXECUTE FUNCTION "ferry_notify_id"('ferry_inquiries');
CREATE TRIGGER "migrations_abort_notify" AFTER UPDATE OF "abort_requested_at" ON "migrations" FOR EACH ROW
    WHEN (OLD."abort_requested_at" IS NULL AND NEW."abort_requested_at" IS NOT NULL) EXECUTE FUNCTION "ferry_notify_id"('ferry_aborts');
