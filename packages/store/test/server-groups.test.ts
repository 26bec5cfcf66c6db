import type { GroupPolicy, ServerId } from "@ferry/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addServer, codeOf, openRecords, type Records, request, takeLease } from "./records.ts";

let records: Records;
beforeAll(async () => {
  records = await openRecords();
});
afterAll(() => records.close());

/** A group with these members; nothing but the making of a server adds one elsewhere. */
async function groupOf(policy: GroupPolicy, members: readonly ServerId[]): Promise<string> {
  const { store, sql, owner } = records;
  const { projectId, userId } = owner;
  const { id } = await store.serverGroups.add({ projectId, userId, name: policy, policy, maxServerPerHost: null });
  for (const member of members) await sql.query("INSERT INTO server_group_members (server_id, group_id) VALUES ($1, $2)", [member, id]);
  return id;
}

async function movingTo(server: ServerId) {
  const { store, destination } = records;
  const { id } = await store.acceptMigration(request(records, server));
  const { record } = store.openMigration(await takeLease(store, id));
  return { record, choose: () => record.setChoice({ hostId: destination.id, transport: "p2p", checks: [], virsh: null }) };
}

test("of two members that are kept apart and move to one host at once, one gets there", async () => {
  const [one, other] = [await addServer(records), await addServer(records)];
  await groupOf("anti-affinity", [one, other]);
  const moves = [await movingTo(one), await movingTo(other)];
  const codes = await Promise.all(moves.map(({ choose }) => codeOf(choose())));
  expect(codes.toSorted()).toEqual(["GROUP_POLICY_BROKEN", null]);
});

test("a move knows where the others of its server's group are", async () => {
  const { source, destination } = records;
  const [one, other] = [await addServer(records), await addServer(records, destination.id)];
  await groupOf("affinity", [one, other]);
  const { record, choose } = await movingTo(one);
  expect((await record.order()).group).toEqual({ policy: "affinity", maxServerPerHost: null, others: { [destination.id]: 1 } });
  await choose();
  expect((await records.store.checks.candidates(source.id)).map(({ id }) => id)).toEqual([destination.id]);
});

test("a server that is deleted leaves its group, and a group that is deleted leaves its servers", async () => {
  const { store, sql } = records;
  const [one, other] = [await addServer(records), await addServer(records)];
  const id = await groupOf("affinity", [one, other]);
  await sql.query("UPDATE servers SET vm_state = 'deleted', terminated_at = now() WHERE id = $1", [one]);
  expect((await store.serverGroups.find(id))?.members).toEqual([other]);
  await store.serverGroups.remove(id);
  expect(await store.serverLists.find(other)).not.toBeNull();
  expect(await codeOf(store.serverGroups.remove(id))).toBe("SERVER_GROUP_NOT_FOUND");
});
