-- CreateTable
CREATE TABLE "security_groups" (
    "id" UUID NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "security_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "security_group_rules" (
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "protocol" TEXT,
    "from_port" INTEGER,
    "to_port" INTEGER,
    "cidr" TEXT,
    "remote_group_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "security_group_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "security_group_members" (
    "server_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "security_group_members_pkey" PRIMARY KEY ("server_id","group_id")
);

-- CreateTable
CREATE TABLE "server_firewalls" (
    "server_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "applied" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(6),
    "lease_owner" TEXT,
    "lease_token" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(6),

    CONSTRAINT "server_firewalls_pkey" PRIMARY KEY ("server_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "security_groups_project_id_name_key" ON "security_groups"("project_id", "name");

-- CreateIndex
CREATE INDEX "security_group_rules_group_id_idx" ON "security_group_rules"("group_id");

-- CreateIndex
CREATE INDEX "security_group_rules_remote_group_id_idx" ON "security_group_rules"("remote_group_id");

-- CreateIndex
CREATE INDEX "security_group_members_group_id_idx" ON "security_group_members"("group_id");

-- AddForeignKey
ALTER TABLE "security_group_rules" ADD CONSTRAINT "security_group_rules_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "security_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "security_group_rules" ADD CONSTRAINT "security_group_rules_remote_group_id_fkey" FOREIGN KEY ("remote_group_id") REFERENCES "security_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "security_group_members" ADD CONSTRAINT "security_group_members_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "security_group_members" ADD CONSTRAINT "security_group_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "security_groups"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "server_firewalls" ADD CONSTRAINT "server_firewalls_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

ALTER TABLE "security_group_rules"
    ADD CONSTRAINT "security_group_rules_protocol_check" CHECK ("protocol" IN ('tcp', 'udp', 'icmp')),
    ADD CONSTRAINT "security_group_rules_ports_check" CHECK ("protocol" IS NOT NULL OR ("from_port" IS NULL AND "to_port" IS NULL)),
    ADD CONSTRAINT "security_group_rules_sender_check" CHECK (("cidr" IS NULL) <> ("remote_group_id" IS NULL));
ALTER TABLE "server_firewalls" ADD CONSTRAINT "server_firewalls_applied_check" CHECK ("applied" BETWEEN 0 AND "revision");

-- What a server's own change means for firewalls, whoever wrote it: it is on another host, has other cards, is gone or back. Its host has to be looked
-- at again, and so have those of the servers that let its cards in because it is a member of a group.
CREATE FUNCTION "ferry_follow_firewalls"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "server_firewalls" SET "revision" = "revision" + 1, "retry_at" = NULL, "attempts" = 0
    WHERE "server_id" = NEW."id" OR "server_id" IN (
        SELECT "reached"."server_id"
        FROM "security_group_members" "own"
            JOIN "security_group_rules" "rule" ON "rule"."remote_group_id" = "own"."group_id"
            JOIN "security_group_members" "reached" ON "reached"."group_id" = "rule"."group_id"
        WHERE "own"."server_id" = NEW."id"
    );
    RETURN NULL;
END $$;
CREATE TRIGGER "servers_firewalls" AFTER UPDATE ON "servers" FOR EACH ROW
    WHEN (OLD."host_id" <> NEW."host_id"
        OR (OLD."vm_state" = 'deleted') <> (NEW."vm_state" = 'deleted')
        OR jsonb_path_query_array(OLD."definition", '$.interfaces[*].mac') <> jsonb_path_query_array(NEW."definition", '$.interfaces[*].mac')
        OR jsonb_path_query_array(OLD."definition", '$.interfaces[*].filter') <> jsonb_path_query_array(NEW."definition", '$.interfaces[*].filter'))
    EXECUTE FUNCTION "ferry_follow_firewalls"();
