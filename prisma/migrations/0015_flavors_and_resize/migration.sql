-- AlterTable
ALTER TABLE "flavors" ADD COLUMN     "ephemeral_gib" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "number" SERIAL NOT NULL,
ADD COLUMN     "rxtx_factor" DOUBLE PRECISION NOT NULL DEFAULT 1,
ADD COLUMN     "swap_mib" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "migrations" ADD COLUMN     "completion_forced_at" TIMESTAMPTZ(6),
ADD COLUMN     "resize" JSONB;

-- CreateTable
CREATE TABLE "flavor_access" (
    "flavor_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,

    CONSTRAINT "flavor_access_pkey" PRIMARY KEY ("flavor_id","project_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "flavors_number_key" ON "flavors"("number");

-- AddForeignKey
ALTER TABLE "flavor_access" ADD CONSTRAINT "flavor_access_flavor_id_fkey" FOREIGN KEY ("flavor_id") REFERENCES "flavors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express, by hand from here on.

ALTER TABLE "flavors"
    ADD CONSTRAINT "flavors_more_disks_check" CHECK ("swap_mib" >= 0 AND "ephemeral_gib" >= 0),
    ADD CONSTRAINT "flavors_rxtx_check" CHECK ("rxtx_factor" > 0);

-- Words: a cold move that also changes the server's size is Nova's `resize`.
ALTER TABLE "migrations"
    DROP CONSTRAINT "migrations_type_check",
    ADD CONSTRAINT "migrations_type_check" CHECK ("migration_type" = CASE "mode" WHEN 'live' THEN 'live-migration' WHEN 'evacuate' THEN 'evacuation'
        ELSE CASE WHEN "resize" IS NULL THEN 'migration' ELSE 'resize' END END),
    ADD CONSTRAINT "migrations_resize_check" CHECK ("resize" IS NULL OR "mode" = 'cold');

CREATE TRIGGER "flavors_touch" BEFORE UPDATE ON "flavors" FOR EACH ROW EXECUTE FUNCTION "ferry_touch"();
