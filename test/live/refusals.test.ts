import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { killLibvirtd, type LabHost, restoreLink, setLinkRate, startLibvirtd, virsh } from "../lab/index.ts";
import { restoreHostKey, swapHostKey } from "./support/host-key.ts";
import { move, startMove, untilCopied } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { expectRefusal } from "./support/refusal.ts";
import { untilHostState, untilStatus } from "./support/server.ts";
import { assertTruth } from "./support/truth.ts";
import { unique, World } from "./support/world.ts";

/** ferry notices a lost connection at once, and a host that stays silent within its keepalive and connect deadlines. */
const NOTICED_WITHIN_MS = 45_000;

const UEFI = "5e1f0c1e-6a0b-4f1e-9a54-0f4a8b9f2c12";

describe("moves that are refused", () => {
  let world: World;
  let guest: MovingGuest;
  let destination: LabHost;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "refusals", host: "compute1", dataMiB: 32 });
    destination = world.host("compute2");
  });

  afterAll(() => World.close(world));

  describe("change nothing on either host:", () => {
    afterEach(() => assertTruth(world, guest, "compute1"));

    test("to the host where the server is", async () => {
      await expectRefusal(world, guest, {
        to: "compute1",
        check: "destination-is-another-host",
        sentence: /current host/,
        remedy: /another host/,
      });
    });

    test("to a host that ferry does not know: 400, naming it", async () => {
      const body = { "os-migrateLive": { host: "nowhere", block_migration: "auto" } };
      const answer = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, body);
      expect(answer).toMatchObject({ status: 400, body: { badRequest: { code: 400, message: expect.stringContaining("nowhere") } } });
    });

    test("below 2.34: the refusal is the answer, 400", async () => {
      const body = { "os-migrateLive": { host: "compute1", block_migration: "auto" } };
      const answer = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, body, "2.30");
      expect(answer).toMatchObject({ status: 400, body: { badRequest: { message: expect.stringMatching(/current host/) } } });
    });

    test("when another guest has the name there", async () => {
      const xml = `<domain type='qemu'><name>${guest.name}</name><memory unit='MiB'>64</memory><os><type arch='x86_64'>hvm</type></os></domain>`;
      await virsh(destination, ["define", "/dev/stdin"], xml);
      await expectRefusal(world, guest, { check: "name-free", sentence: /another guest named refusals/, remedy: /domrename/ });
      await virsh(destination, ["undefine", guest.name]);
    });

    test("cold, when the server has UEFI variables, which would stay behind", async () => {
      const firmware = "<loader readonly='yes' type='pflash'>/fw/CODE.fd</loader><nvram>/fw/uefi_VARS.fd</nvram>";
      const xml = `<domain type='qemu'><name>uefi</name><uuid>${UEFI}</uuid><memory unit='MiB'>64</memory><os><type arch='x86_64' machine='q35'>hvm</type>${firmware}</os><features><acpi/></features></domain>`;
      const { api } = world.stack;
      await virsh(world.host("compute1"), ["define", "/dev/stdin"], xml);
      const isKnown = async () => ((await api.request("GET", `/v2.1/servers/${UEFI}`)).status === 200 ? true : null);
      await api.until("the UEFI guest is adopted", isKnown, NOTICED_WITHIN_MS);
      const { body } = await api.ok("POST", `/ferry/v1/servers/${UEFI}/preflight`, { host: "compute2", mode: "cold" });
      const [candidate] = body["candidates"] as { checks: { check: string; verdict: string; sentence: string }[] }[];
      expect(candidate?.checks.find((one) => one.check === "machine-supported")).toMatchObject({
        verdict: "fail",
        sentence: "The server's UEFI variables are in /fw/uefi_VARS.fd on compute1, and a move in the mode cold leaves them behind.",
      });
      await virsh(world.host("compute1"), ["undefine", UEFI, "--keep-nvram"]);
    });

    test("when the bridge is missing there", async () => {
      const rename = async (from: string, to: string): Promise<void> => {
        await destination.exec(["ip", "link", "set", "dev", from, "down"]);
        await destination.exec(["ip", "link", "set", "dev", from, "name", to]);
        await destination.exec(["ip", "link", "set", "dev", to, "up"]);
      };
      await rename("br0", "br9");
      await expectRefusal(world, guest, {
        check: "networks-present",
        sentence: /compute2 lacks the bridge br0/,
        remedy: /Create it there/,
      });
      await rename("br9", "br0");
    });

    test("when a file that is not ours has the disk's path there: it keeps its content", async () => {
      const content = `not ferry's ${unique()}\n`;
      await destination.exec(["install", "-m", "600", "/dev/stdin", guest.diskPath], { input: content });
      await expectRefusal(world, guest, {
        check: "disk-paths-free",
        sentence: /refusals\.qcow2 exists on compute2/,
        remedy: /move or delete it/i,
      });
      expect(await destination.exec(["cat", guest.diskPath])).toBe(content);
      await destination.exec(["rm", guest.diskPath]);
      await virsh(destination, ["pool-refresh", "default"]);
    });

    test("when the transfer ports are silent", async () => {
      await destination.exec(["nft", "add", "table", "inet", "silent"]);
      await destination.exec(["nft", "add", "chain", "inet", "silent", "in", "{ type filter hook input priority 0 ; }"]);
      await destination.exec(["nft", "add", "rule", "inet", "silent", "in", "tcp", "dport", "49152-49215", "drop"]);
      await expectRefusal(world, guest, {
        check: "transfer-ports-reachable",
        sentence: /no answer from .* transfer ports/,
        remedy: /Open TCP 49152-49215/,
      });
      await destination.exec(["nft", "delete", "table", "inet", "silent"]);
    });

    test("when the destination's libvirtd is not running, and not any more once it is", async () => {
      await killLibvirtd(destination);
      await expectRefusal(world, guest, { check: "services-up", sentence: /compute2 is unavailable/, remedy: /ferry host check compute2/ });
      await startLibvirtd(destination);
      await untilHostState(world, "compute2", "up", NOTICED_WITHIN_MS);
    });

    test("when the destination has another SSH host key: all work with it stops, and its state says why", async () => {
      await swapHostKey(destination);
      try {
        const problem = await untilHostState(world, "compute2", "quarantined", NOTICED_WITHIN_MS);
        expect(problem).toMatch(/host compute2: it offers SSH host key ssh-ed25519 SHA256:\S+, pinned is ssh-ed25519 SHA256:/);
        expect(problem).toContain(destination.hostKeyFingerprint);
        await expectRefusal(world, guest, {
          check: "services-up",
          sentence: /compute2 is unavailable .*SSH host key/,
          remedy: /ferry host check compute2/,
        });
      } finally {
        await restoreHostKey(destination);
      }
      const { body } = await world.stack.api.ok("POST", "/ferry/v1/hosts/compute2/check");
      expect(body["passes"], JSON.stringify(body)).toBe(true);
      await untilHostState(world, "compute2", "up", NOTICED_WITHIN_MS);
    });
  });

  test("a second one while the first runs: 409; neither that nor the checks of another guest disturb the first", async () => {
    const other = await world.startGuest({ name: "bystander", host: "compute1" });
    await setLinkRate(world.lab, world.host("compute1"), "160mbit");
    const path = await startMove(world, guest);
    await untilCopied(world, guest, path, "diskBytes");
    const body = { "os-migrateLive": { host: "compute2", block_migration: "auto" } };
    const second = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, body);
    expect(second).toMatchObject({ status: 409, body: { conflictingRequest: { message: expect.stringContaining(guest.id) } } });
    const checks = await world.stack.api.request("POST", `/ferry/v1/servers/${other.id}/preflight`, { host: "compute2" });
    expect(checks).toMatchObject({ status: 200, body: { chosen: "compute2" } });
    await restoreLink(world.lab, world.host("compute1"));
    expect(await world.stack.api.untilEnded(path)).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, "compute2");
    await world.removeGuest(other);
  });

  test("of a server that is shut off: 409, naming its state", async () => {
    await virsh(world.host(guest.at), ["destroy", guest.name]);
    await untilStatus(world, guest, "SHUTOFF");
    const body = { "os-migrateLive": { host: "compute1", block_migration: "auto" } };
    const answer = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, body);
    expect(answer).toMatchObject({ status: 409, body: { conflictingRequest: { message: expect.stringMatching(/vm_state stopped/) } } });
    await virsh(world.host(guest.at), ["undefine", guest.name]);
  });
});

describe("a name full of XML and shell characters", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });

  afterAll(() => World.close(world));

  test("is harmless: its guest moves there and back like any other", async () => {
    const name = `n <b>&"'$(touch x);\`id\`|*`;
    const guest = await world.startGuest({ name, host: "compute1" });
    expect(await move(world, guest, { transport: "p2p" })).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, "compute2");
    expect(await move(world, guest, { transport: "direct" })).toMatchObject({ status: "completed" });
    await assertTruth(world, guest, "compute1");
  });
});
