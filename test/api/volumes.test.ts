import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runExamples } from "./support/examples.ts";
import { ids, now } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

runExamples("volumes", [
  "listVolumes",
  "createVolume",
  "adoptVolume",
  "showVolume",
  "deleteVolume",
  "listVolumeAttachments",
  "attachVolume",
  "showVolumeAttachment",
  "updateVolumeAttachment",
  "detachVolume",
]);

describe("whether a volume goes with its server", () => {
  let world: World;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    world = await openWorld();
  });
  afterAll(async () => {
    await world.close();
    vi.useRealTimers();
  });

  const url = `/v2.1/servers/${ids.db1}/os-volume_attachments/${ids.logVolume}`;
  const headers = () => ({ "x-auth-token": world.tokens.member, "openstack-api-version": "compute 2.85" });
  const shown = async () =>
    (await world.app.inject({ method: "GET", url, headers: headers() })).json().volumeAttachment.delete_on_termination;
  const put = async (more: object) =>
    (
      await world.app.inject({
        method: "PUT",
        url,
        headers: headers(),
        payload: { volumeAttachment: { volumeId: ids.logVolume, ...more } },
      })
    ).statusCode;

  it("is changed, changed back, and left alone by an update that does not name it or is refused", async () => {
    expect(await put({ delete_on_termination: true })).toBe(202);
    expect(await shown()).toBe(true);
    expect(await put({ tag: "log" })).toBe(202);
    expect(await put({ tag: "other", delete_on_termination: false })).toBe(400);
    expect(await shown()).toBe(true);
    expect(await put({ delete_on_termination: false })).toBe(202);
    expect(await shown()).toBe(false);
  });
});
