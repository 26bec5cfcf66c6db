-- AlterTable
ALTER TABLE "servers" ALTER COLUMN "host_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "key_pairs" (
    "number" SERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_pairs_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "server_groups" (
    "id" UUID NOT NULL,
    "project_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "max_server_per_host" INTEGER,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "server_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "server_group_members" (
    "server_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "server_group_members_pkey" PRIMARY KEY ("server_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "key_pairs_user_id_name_key" ON "key_pairs"("user_id", "name");

-- CreateIndex
CREATE INDEX "server_groups_project_id_created_at_id_idx" ON "server_groups"("project_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "server_group_members_group_id_idx" ON "server_group_members"("group_id");

-- AddForeignKey
ALTER TABLE "server_group_members" ADD CONSTRAINT "server_group_members_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "server_group_members" ADD CONSTRAINT "server_group_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "server_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words.
ALTER TABLE "key_pairs"
    ADD CONSTRAINT "key_pairs_type_check" CHECK ("type" IN ('ssh', 'x509'));
ALTER TABLE "server_groups"
    ADD CONSTRAINT "server_groups_policy_check" CHECK ("policy" IN ('affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity')),
    ADD CONSTRAINT "server_groups_max_server_per_host_check" CHECK ("max_server_per_host" IS NULL OR ("max_server_per_host" > 0 AND "policy" = 'anti-affinity'));

-- Only a server that was never made is nowhere.
ALTER TABLE "servers"
    ADD CONSTRAINT "servers_host_check" CHECK ("host_id" IS NOT NULL OR "vm_state" IN ('error', 'deleted'));
