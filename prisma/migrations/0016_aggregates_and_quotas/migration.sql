-- CreateTable
CREATE TABLE "aggregates" (
    "id" SERIAL NOT NULL,
    "uuid" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "availability_zone" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6),

    CONSTRAINT "aggregates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aggregate_hosts" (
    "aggregate_id" INTEGER NOT NULL,
    "host_id" UUID NOT NULL,

    CONSTRAINT "aggregate_hosts_pkey" PRIMARY KEY ("aggregate_id","host_id")
);

-- CreateTable
CREATE TABLE "own_services" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "binary" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "own_services_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quotas" (
    "scope" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "hard_limit" INTEGER NOT NULL,

    CONSTRAINT "quotas_pkey" PRIMARY KEY ("scope","owner","resource")
);

-- CreateIndex
CREATE UNIQUE INDEX "aggregates_uuid_key" ON "aggregates"("uuid");

-- CreateIndex
CREATE UNIQUE INDEX "aggregates_name_key" ON "aggregates"("name");

-- CreateIndex
CREATE INDEX "aggregate_hosts_host_id_idx" ON "aggregate_hosts"("host_id");

-- CreateIndex
CREATE UNIQUE INDEX "own_services_number_key" ON "own_services"("number");

-- CreateIndex
CREATE UNIQUE INDEX "own_services_binary_host_key" ON "own_services"("binary", "host");

-- AddForeignKey
ALTER TABLE "aggregate_hosts" ADD CONSTRAINT "aggregate_hosts_aggregate_id_fkey" FOREIGN KEY ("aggregate_id") REFERENCES "aggregates"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "aggregate_hosts" ADD CONSTRAINT "aggregate_hosts_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

-- Words.
ALTER TABLE "own_services" ADD CONSTRAINT "own_services_binary_check" CHECK ("binary" IN ('nova-conductor', 'nova-scheduler'));
ALTER TABLE "quotas"
    ADD CONSTRAINT "quotas_scope_check" CHECK ("scope" IN ('project', 'class')),
    ADD CONSTRAINT "quotas_hard_limit_check" CHECK ("hard_limit" >= -1),
    ADD CONSTRAINT "quotas_resource_check" CHECK ("resource" IN ('instances', 'cores', 'ram', 'metadata_items', 'key_pairs', 'server_groups',
        'server_group_members'));

-- Hosts and ferry's own services share Nova's integer ids of services.
SELECT setval(pg_get_serial_sequence('own_services', 'number'), 1000000000);
