-- AlterTable
ALTER TABLE "servers" ADD COLUMN     "access_ip_v4" TEXT,
ADD COLUMN     "access_ip_v6" TEXT,
ADD COLUMN     "disk_config" TEXT NOT NULL DEFAULT 'MANUAL',
ADD COLUMN     "hints" JSONB,
ADD COLUMN     "hostname" TEXT,
ADD COLUMN     "key_name" TEXT,
ADD COLUMN     "launch_index" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pinned_zone" TEXT,
ADD COLUMN     "reservation_id" TEXT;

-- What Prisma cannot express, by hand from here on.

-- Words.
ALTER TABLE "servers"
    ADD CONSTRAINT "servers_disk_config_check" CHECK ("disk_config" IN ('AUTO', 'MANUAL'));
