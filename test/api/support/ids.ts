/** What the examples name. Fixed, so that an example reads the same after every run. */
export const ids = {
  opsProject: "51f04c0a7b9e4f0d8a6c2e1f3b5d7a90",
  labProject: "77c1e5d2a8f04b6c9e3d1a5f7b2c4e60",
  compute1: "5d1f0c52-3f0b-4f0e-9a53-0c1d6f3b7a01",
  compute2: "5d1f0c52-3f0b-4f0e-9a53-0c1d6f3b7a02",
  /** Holds nothing. */
  spare: "5d1f0c52-3f0b-4f0e-9a53-0c1d6f3b7a03",
  /** Active on compute2, has been moved before. */
  db1: "3f0c7f6e-0d0a-4b0e-9a3e-6b3f2d1c9a77",
  /** The one card of db1. */
  db1Port: "196a04ab-44d8-8332-b772-224be06034ce",
  /** On the way from compute1 to compute2. */
  web1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a41",
  /** About to leave compute1 for compute2. */
  app1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a46",
  /** Switched off. */
  old1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a42",
  /** Locked. */
  held1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a43",
  /** Deleted. */
  gone1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a44",
  /** In the other project; has been moved cold from compute1 to compute2 and waits to be confirmed. */
  cold1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a47",
  /** In the other project. */
  lab1: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a45",
  /** Active, for every project. */
  debianImage: "6a1f0c52-3f0b-4f0e-9a53-0c1d6f3b7b01",
  /** Waits for its content. */
  emptyImage: "6a1f0c52-3f0b-4f0e-9a53-0c1d6f3b7b02",
  /** In the other project. */
  labImage: "6a1f0c52-3f0b-4f0e-9a53-0c1d6f3b7b03",
  /** Groups of project ops; old1 is in `default` and `web`. */
  defaultGroup: "c1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e01",
  webGroup: "c1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e02",
  /** Nobody is in it. */
  spareGroup: "c1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e03",
  /** In the other project. */
  foreignGroup: "c1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e04",
  ownRule: "d2b6f1ef-1c1d-4e8f-9021-7b3c4d5e6f01",
  httpRule: "d2b6f1ef-1c1d-4e8f-9021-7b3c4d5e6f02",
  pingRule: "d2b6f1ef-1c1d-4e8f-9021-7b3c4d5e6f03",
  /** On compute1, attached to nothing. */
  dataVolume: "d15c0000-0000-4000-8000-000000000001",
  /** Attached to db1. */
  logVolume: "d15c0000-0000-4000-8000-000000000002",
  /** In the other project. */
  foreignVolume: "d15c0000-0000-4000-8000-000000000003",
  /** A guest that is not ferry's uses it. */
  brokenVolume: "d15c0000-0000-4000-8000-000000000004",
  /** Its host is silent. */
  strandedVolume: "d15c0000-0000-4000-8000-000000000005",
  /** Being attached to db1. */
  comingVolume: "d15c0000-0000-4000-8000-000000000006",
  /** Attached to web1, which is on its way. */
  movingVolume: "d15c0000-0000-4000-8000-000000000007",
  /** Two to a host at most; held1 is in it, and gone1 was. */
  pairsGroup: "e1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e01",
  /** All on one host; nobody is in it. */
  togetherGroup: "e1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e02",
  /** In the other project. */
  foreignServerGroup: "e1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e03",
  /** Numbers 1 to 3: the zone of the host spare, a group of the two others, one without hosts. */
  eastAggregate: "a99e0000-0000-4000-8000-000000000001",
  ssdAggregate: "a99e0000-0000-4000-8000-000000000002",
  emptyAggregate: "a99e0000-0000-4000-8000-000000000003",
  unknown: "00000000-1111-4222-8333-444444444444",
  runningMigration: "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f12",
  preparingMigration: "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f13",
  completedMigration: "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f11",
  finishedMigration: "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f09",
  refusedMigration: "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f10",
} as const;

export const requests = {
  running: "req-11111111-2222-4333-8444-555555555512",
  preparing: "req-11111111-2222-4333-8444-555555555513",
  completed: "req-11111111-2222-4333-8444-555555555511",
  finished: "req-11111111-2222-4333-8444-555555555509",
  refused: "req-11111111-2222-4333-8444-555555555510",
} as const;

/** The time at which every example is asked. */
export const now = new Date("2026-01-02T03:04:10.000Z");

export const password = "correct horse battery staple";

/** Users by role in project ops, and two of project lab. Names are ids' beginnings. */
export const users = {
  admin: { id: "9d1c220000000000000000000000000a", project: ids.opsProject, role: "admin" },
  manager: { id: "9d1c220000000000000000000000000b", project: ids.opsProject, role: "manager" },
  member: { id: "9d1c220000000000000000000000000c", project: ids.opsProject, role: "member" },
  reader: { id: "9d1c220000000000000000000000000d", project: ids.opsProject, role: "reader" },
  foreignManager: { id: "9d1c220000000000000000000000000e", project: ids.labProject, role: "manager" },
  foreignReader: { id: "9d1c220000000000000000000000000f", project: ids.labProject, role: "reader" },
} as const;
export type UserName = keyof typeof users;
export const userNames = Object.keys(users) as UserName[];
