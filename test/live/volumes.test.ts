import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createSpareLun, ensureSharedDirectory, SHARED_POOL, virsh } from "../lab/index.ts";
import { move } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { assertInside } from "./support/truth.ts";
import { otherHost, World } from "./support/world.ts";

const SETTLES_WITHIN_MS = 90_000;
const FOUND_WITHIN = { timeout: 10_000, interval: 100 };
/** What the shared directory puts on a host. */
const SHARED_THINGS = [`pools: ${SHARED_POOL} active yes`, "processes: bindfs"];

interface Volume {
  readonly id: string;
  readonly status: string;
  readonly host: string;
  readonly path: string;
  readonly problem: string | null;
}

describe("volumes of pools, attached to a running server", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    await ensureSharedDirectory(world.lab);
    for (const host of ["compute1", "compute2"] as const) for (const item of SHARED_THINGS) world.expectAlso(host, item);
    guest = await world.startGuest({ name: "volumes", host: "compute1" });
  });

  afterAll(() => World.close(world));

  test("a local volume: the guest finds it by its serial and writes to it, moves live with it, lets go of it; then it is deleted", async () => {
    const { id } = await create("default", "qcow2");
    await attached(id);
    await found(id, "write", 7);
    await moved();
    await guest.inside.plugged(id, "check", 7);
    expect(await volume(id)).toMatchObject({ status: "in-use", host: guest.at });
    await detached(id);
    await expect(guest.inside.plugged(id, "check", 7)).rejects.toThrow("No such device");
    await attached(id);
    await found(id, "check", 7);
    await detached(id);
    await removed(id);
  });

  test("a volume on shared storage goes on to the other host without a copy, and is deleted there", async () => {
    const { id, path } = await create(SHARED_POOL, "raw");
    await attached(id);
    await found(id, "write", 9);
    await moved();
    await guest.inside.plugged(id, "check", 9);
    expect(await volume(id)).toMatchObject({ host: guest.at, path });
    await detached(id);
    await removed(id);
  });

  test("never two writers: an attached volume is refused to another server, to a delete, and to a guest that ferry did not plug it into", async () => {
    const { id, path } = await create("default", "raw");
    const other = await world.startGuest({ name: "second", host: guest.at });
    await attached(id);
    expect(await refusal("POST", attachments(other), { volumeAttachment: { volumeId: id } }, 400)).toContain("Currently in 'in-use'");
    expect(await refusal("DELETE", `/ferry/v1/volumes/${id}`, undefined, 400)).toContain("Currently in 'in-use'");
    await detached(id);
    await virsh(world.host(guest.at), ["attach-disk", other.name, path, "vdb", "--live", "--subdriver", "raw"]);
    await world.stack.api.ok("POST", attachments(guest), { volumeAttachment: { volumeId: id } });
    await until(id, "available");
    expect(await lastAction()).toContain("guest second uses it");
    expect(await refusal("DELETE", `/ferry/v1/volumes/${id}`, undefined, 409)).toContain("guest second uses it");
    await virsh(world.host(guest.at), ["detach-disk", other.name, "vdb", "--live"]);
    await world.removeGuest(other);
    await removed(id);
  });

  test("attached to a stopped server it is there at the next boot, and a server that is deleted leaves it", async () => {
    const kept = await create("default", "qcow2");
    const doomed = await create("default", "qcow2");
    const owner = await world.startGuest({ name: "owner", host: guest.at });
    await world.stack.api.ok("POST", `/v2.1/servers/${owner.id}/action`, { "os-stop": null });
    await untilStatus(owner, "SHUTOFF");
    await attached(kept.id, owner);
    await attached(doomed.id, owner, { delete_on_termination: true });
    await world.stack.api.ok("POST", `/v2.1/servers/${owner.id}/action`, { "os-start": null });
    await untilStatus(owner, "ACTIVE");
    await owner.inside.verify();
    await owner.inside.plugged(kept.id, "write", 3);
    await owner.inside.plugged(doomed.id, "write", 4);
    await world.stack.api.ok("DELETE", `/v2.1/servers/${owner.id}`);
    await world.stack.api.until("the volume is let go of", async () => ((await volume(kept.id)).status === "available" ? true : null));
    await world.stack.api.until("the other volume is gone", async () => ((await shown(doomed.id)).status === 404 ? true : null));
    world.guests.splice(world.guests.indexOf(owner), 1);
    await attached(kept.id);
    await found(kept.id, "check", 3);
    await detached(kept.id);
    await removed(kept.id);
  });

  test("a LUN of an iSCSI target, by a pool of libvirt's on each host: attached, it goes along, and the pools come to no harm", async () => {
    const { portal, port, target, lun } = await createSpareLun(world.lab, "spare", 64);
    for (const host of ["compute1", "compute2"] as const) {
      const source = { kind: "iscsi-direct", server: portal, port, target, initiator: `iqn.2026-11.test.lab:${host}` };
      await world.stack.api.ok("POST", "/ferry/v1/pools", { host, name: "san", source });
    }
    const order = { host: guest.at, pool: "san", size: 1, format: "raw" };
    expect(await refusal("POST", "/ferry/v1/volumes", order, 409)).toContain("adopt one that is there");
    const place = { host: guest.at, pool: "san", volume_name: `unit:0:0:${lun}`, format: "raw" };
    const { id } = (await world.stack.api.ok("POST", "/ferry/v1/volumes/adopt", place)).body["volume"] as Volume;
    await attached(id);
    await found(id, "write", 11);
    await moved();
    await guest.inside.plugged(id, "check", 11);
    expect(await volume(id)).toMatchObject({ status: "in-use", host: guest.at });
    expect(await refusal("DELETE", `/ferry/v1/pools/${guest.at}/san`, undefined, 409)).toContain(`volume ${id} is in it`);
    await detached(id);
    await removed(id);
    const { id: again } = (await world.stack.api.ok("POST", "/ferry/v1/volumes/adopt", { ...place, host: guest.at })).body[
      "volume"
    ] as Volume;
    await attached(again);
    await found(again, "check", 11);
    await detached(again);
    await removed(again);
    for (const host of ["compute1", "compute2"] as const) await world.stack.api.ok("DELETE", `/ferry/v1/pools/${host}/san`);
  });

  test("nothing is left on either host", async () => {
    await assertInside(guest);
    await world.expectTidyHosts(10_000);
  });

  const attachments = ({ id }: MovingGuest): string => `/v2.1/servers/${id}/os-volume_attachments`;
  const shown = (id: string) => world.stack.api.request("GET", `/ferry/v1/volumes/${id}`);
  const volume = async (id: string): Promise<Volume> => (await shown(id)).body["volume"] as Volume;

  async function create(pool: string, format: string): Promise<Volume> {
    const body = { host: guest.at, pool, size: 1, format };
    const made = (await world.stack.api.ok("POST", "/ferry/v1/volumes", body)).body["volume"] as Volume;
    expect(made).toMatchObject({ status: "available", problem: null });
    return made;
  }

  async function attached(id: string, to = guest, more: object = {}): Promise<void> {
    const { body } = await world.stack.api.ok("POST", attachments(to), { volumeAttachment: { volumeId: id, ...more } });
    expect(body["volumeAttachment"]).toMatchObject({ volumeId: id, serverId: to.id });
    await until(id, "in-use");
  }

  /** A guest's kernel takes a moment to look at a disk that was plugged in. */
  const found = (id: string, deed: "write" | "check", seed: number) => vi.waitFor(() => guest.inside.plugged(id, deed, seed), FOUND_WITHIN);

  async function detached(id: string): Promise<void> {
    await world.stack.api.ok("DELETE", `${attachments(guest)}/${id}`);
    await until(id, "available");
  }

  async function removed(id: string): Promise<void> {
    await world.stack.api.ok("DELETE", `/ferry/v1/volumes/${id}`);
    expect((await shown(id)).status).toBe(404);
  }

  /** Waits until the volume's task has ended, and expects it to have ended so. */
  async function until(id: string, status: string): Promise<void> {
    const now = await world.stack.api.until(
      `volume ${id} is ${status}`,
      async () => {
        const seen = await volume(id);
        return ["attaching", "detaching"].includes(seen.status) ? null : seen;
      },
      SETTLES_WITHIN_MS,
    );
    expect(now.status, (await lastAction()) || "no reason").toBe(status);
  }

  async function untilStatus({ id }: MovingGuest, status: string): Promise<void> {
    await world.stack.api.until(
      `server ${id} is ${status}`,
      async () => {
        const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${id}`)).body as { server: Record<string, unknown> };
        return server["status"] === status && server["OS-EXT-STS:task_state"] === null ? true : null;
      },
      SETTLES_WITHIN_MS,
    );
  }

  /** Why the guest's last action failed, if it did. */
  async function lastAction(): Promise<string> {
    const list = `/v2.1/servers/${guest.id}/os-instance-actions`;
    const { instanceActions } = (await world.stack.api.ok("GET", list)).body as { instanceActions: { request_id: string }[] };
    const last = await world.stack.api.ok("GET", `${list}/${instanceActions[0]?.request_id}`, undefined, "2.84");
    return JSON.stringify(last.body["instanceAction"]);
  }

  async function moved(): Promise<void> {
    const to = otherHost(guest.at);
    const record = await move(world, guest, { to });
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
    guest.at = to;
    await assertInside(guest);
  }

  async function refusal(method: "POST" | "DELETE", path: string, body: object | undefined, status: number): Promise<string> {
    const answer = await world.stack.api.request(method, path, body);
    expect(answer.status).toBe(status);
    return JSON.stringify(answer.body);
  }
});
