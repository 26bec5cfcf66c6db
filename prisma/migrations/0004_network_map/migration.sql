-- AlterTable
ALTER TABLE "hosts" ADD COLUMN     "network_map" JSONB NOT NULL DEFAULT '{}';
