/** What tests of all packages share: a database per test file, and hosts that live in memory. */
export { createTestDatabase, type TestDatabase } from "./database.ts";
export { CallFaults, type Fault, type FaultyAct } from "./fake-libvirtd/call-faults.ts";
export { FakeDatacentre } from "./fake-libvirtd/datacentre.ts";
export type { Blocks, DiskImage } from "./fake-libvirtd/disk-image.ts";
export type { FakeDomain } from "./fake-libvirtd/domain.ts";
export type { Emulator } from "./fake-libvirtd/emulator.ts";
export { FakeFile, FakeFiles } from "./fake-libvirtd/files.ts";
export { type DiskSpec, type GuestSpec, guestXml, startGuest } from "./fake-libvirtd/guest-builder.ts";
export type { GuestTruth, Interval } from "./fake-libvirtd/guest-truth.ts";
export type { FakeHost, HostHardware } from "./fake-libvirtd/host.ts";
export { inventoryOf } from "./fake-libvirtd/inventory.ts";
export type { Journal, JournalEntry } from "./fake-libvirtd/journal.ts";
export type { FakePool } from "./fake-libvirtd/pools.ts";
