-- AlterTable
ALTER TABLE "claims" DROP CONSTRAINT "claims_pkey",
ADD CONSTRAINT "claims_pkey" PRIMARY KEY ("migration_id", "host_id");
