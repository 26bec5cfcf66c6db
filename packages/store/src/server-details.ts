import { fail, type GuestInterface, type VmState } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { withEvents } from "./events.ts";
import { toJson } from "./json.ts";

/** What a server's owner may change of its record; what is missing stays. */
export interface ServerDetails {
  readonly name?: string;
  readonly description?: string | null;
  readonly hostname?: string;
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly diskConfig?: "AUTO" | "MANUAL";
}

type Metadata = Readonly<Record<string, string>>;

/** Nova's limits of one server. */
export const metadataLimit = 128;
export const tagLimit = 50;

/** Nova's states in which metadata and tags may change. */
const settled: readonly VmState[] = ["active", "paused", "suspended", "stopped"];

/** Changes of what the record alone holds. All throw SERVER_NOT_FOUND; those of metadata and tags SERVER_WRONG_STATE as well. */
export const serverDetails = (db: Database) => ({
  async update(id: string, details: ServerDetails): Promise<void> {
    await change(db, id, async (tx) => {
      await tx.server.update({ where: { id }, data: details });
    });
  },

  /** Its network cards, as its definition has them. */
  async cards(id: string): Promise<readonly GuestInterface[]> {
    const [row] = await db.$queryRaw<
      { cards: GuestInterface[] | null }[]
    >`SELECT definition -> 'interfaces' AS cards FROM servers WHERE id = ${id}::uuid`;
    return row?.cards ?? [];
  },

  /** Adds the items, or gives those that are there a new value. Returns all. Throws METADATA_LIMIT. */
  async mergeMetadata(id: string, items: Metadata): Promise<Metadata> {
    return await changeMetadata(db, id, "update metadata", (present) => ({ ...present, ...items }));
  },

  async replaceMetadata(id: string, items: Metadata): Promise<Metadata> {
    return await changeMetadata(db, id, "update metadata", () => items);
  },

  /** Throws METADATA_ITEM_NOT_FOUND. */
  async removeMetadata(id: string, key: string): Promise<void> {
    await changeMetadata(db, id, "delete metadata", (present) => {
      if (!Object.hasOwn(present, key)) throw fail("METADATA_ITEM_NOT_FOUND");
      return Object.fromEntries(Object.entries(present).filter(([other]) => other !== key));
    });
  },

  /** Returns all tags, each once. */
  async replaceTags(
    id: string,
    tags: readonly string[],
    action: "update tags" | "delete tags" = "update tags",
  ): Promise<readonly string[]> {
    return await changeTags(db, id, action, () => [...new Set(tags)]);
  },

  /** False: it was there. Throws VALIDATION_FAILED when the server would have too many. */
  async addTag(id: string, tag: string): Promise<boolean> {
    let isNew = false;
    await changeTags(db, id, "update tag", (present) => {
      isNew = !present.includes(tag);
      return isNew ? [...present, tag] : present;
    });
    return isNew;
  },

  /** Throws TAG_NOT_FOUND. */
  async removeTag(id: string, tag: string): Promise<void> {
    await changeTags(db, id, "delete tag", (present) => {
      if (!present.includes(tag)) throw fail("TAG_NOT_FOUND", { id, tag });
      return present.filter((other) => other !== tag);
    });
  },
});

interface Locked {
  readonly vmState: string;
  readonly taskState: string | null;
  readonly hostId: string | null;
  readonly projectId: string;
  readonly metadata: unknown;
  readonly tags: readonly string[];
}

/** One transaction with the server's row locked: of two changes at once the later one sees what the earlier one wrote. */
async function change<T>(db: Database, id: string, work: (tx: Transaction, server: Locked) => Promise<T>): Promise<T> {
  return await withEvents(db, async (tx, tell) => {
    await tx.$queryRaw`SELECT 1 FROM servers WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const select = { vmState: true, taskState: true, hostId: true, projectId: true, metadata: true, tags: true } as const;
    const server = await tx.server.findUnique({ where: { id }, select });
    if (server === null || server.vmState === "deleted") throw fail("SERVER_NOT_FOUND", { id });
    const result = await work(tx, server);
    tell({ kind: "server.changed", serverId: id, hostId: server.hostId, projectId: server.projectId, data: {} });
    return result;
  });
}

async function changeMetadata(db: Database, id: string, action: string, next: (present: Metadata) => Metadata): Promise<Metadata> {
  return await change(db, id, async (tx, server) => {
    refuseUnsettled(id, action, server);
    if (server.taskState !== null) throw wrongState(id, action, "task_state", server.taskState);
    const metadata = next(server.metadata as Metadata);
    if (Object.keys(metadata).length > metadataLimit) throw fail("METADATA_LIMIT", { limit: metadataLimit });
    await tx.server.update({ where: { id }, data: { metadata: toJson(metadata) } });
    return metadata;
  });
}

async function changeTags(
  db: Database,
  id: string,
  action: string,
  next: (present: readonly string[]) => readonly string[],
): Promise<readonly string[]> {
  return await change(db, id, async (tx, server) => {
    refuseUnsettled(id, action, server);
    const tags = next(server.tags);
    if (tags.length > tagLimit)
      throw fail("VALIDATION_FAILED", { sentence: `The number of tags exceeded the per-server limit ${tagLimit}` });
    await tx.server.update({ where: { id }, data: { tags: [...tags] } });
    return tags;
  });
}

function refuseUnsettled(id: string, action: string, { vmState }: Locked): void {
  if (!(settled as readonly string[]).includes(vmState)) throw wrongState(id, action, "vm_state", vmState);
}

const wrongState = (id: string, action: string, attribute: string, value: string): Error =>
  fail("SERVER_WRONG_STATE", { action, id, attribute, value });
