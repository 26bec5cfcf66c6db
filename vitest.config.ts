import { defineConfig } from "vitest/config";

/** `unit` needs nothing but npm packages (and redis-server for the queue's conformance suite); `live` drives real libvirt hosts, two files at a time, each with a lab of its own; `clients` lets OpenStack's own clients and tests do so; `xen` two emulated Xen hosts. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/*/test/**/*.test.ts",
            "apps/*/test/**/*.test.ts",
            "test/{api,faults,conformance,lab,matrix,regressions}/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          globalSetup: ["packages/testkit/src/database-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "live",
          include: ["test/live/**/*.test.ts"],
          globalSetup: ["packages/testkit/src/database-setup.ts"],
          // Whoever names the lab has one.
          maxWorkers: process.env["FERRY_LAB_NAME"] === undefined ? 2 : 1,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "clients",
          include: ["test/{clients,tempest}/**/*.test.ts"],
          maxWorkers: process.env["FERRY_LAB_NAME"] === undefined ? 2 : 1,
          testTimeout: 300_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        test: {
          name: "xen",
          include: ["test/xen/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
