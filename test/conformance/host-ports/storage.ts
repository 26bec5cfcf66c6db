import { randomBytes, randomUUID } from "node:crypto";
import type { ContentPart } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { codeOf, type GetSubject } from "./subject.ts";

const MIB = 1024 ** 2;

export function storageSuite(get: GetSubject): void {
  describe("the storage port", () => {
    const storage = () => get().destination.storage;
    const request = (name: string, format: "qcow2" | "raw", capacityBytes = 8 * MIB) =>
      ({ pool: "default", name, format, capacityBytes, backing: null }) as const;
    const newName = (): string => `conformance-${randomUUID()}`;
    const never = new AbortController().signal;

    it("creates a thin volume of the exact size, and finds it by its path", async () => {
      const made = await storage().createVolume(request(newName(), "qcow2", 64 * MIB));
      expect(made).toMatchObject({ pool: "default", format: "qcow2", capacityBytes: 64 * MIB, backing: null });
      expect(made.allocationBytes).toBeLessThan(MIB);
      expect(await storage().volumeAt(made.path)).toEqual(made);
      await storage().deleteVolume(made.path);
    });

    it("refuses a name that is taken, and leaves what is there", async () => {
      const made = await storage().createVolume(request(newName(), "qcow2"));
      expect(await codeOf(storage().createVolume(request(made.name, "raw")))).toBe("DESTINATION_OCCUPIED");
      expect(await storage().volumeAt(made.path)).toEqual(made);
      await storage().deleteVolume(made.path);
    });

    it("deletes once and says nothing the second time", async () => {
      const { path } = await storage().createVolume(request(newName(), "qcow2"));
      await storage().deleteVolume(path);
      await storage().deleteVolume(path);
      expect(await storage().volumeAt(path)).toBeNull();
    });

    it("creates an overlay that names its base", async () => {
      const base = await storage().createVolume(request(newName(), "qcow2"));
      const backing = { path: base.path, format: "qcow2" };
      const overlay = await storage().createVolume({ ...request(newName(), "qcow2"), backing });
      expect(overlay.backing).toEqual(backing);
      for (const { path } of [overlay, base]) await storage().deleteVolume(path);
    });

    it.each(["qcow2", "raw"] as const)("grows a %s volume, and an overlay of it alone, and shrinks neither", async (format) => {
      const base = await storage().createVolume(request(newName(), format));
      await storage().growVolume(base.path, 16 * MIB);
      const overlay = await storage().createVolume({ ...request(newName(), "qcow2", 16 * MIB), backing: { path: base.path, format } });
      for (const wanted of [32 * MIB, 24 * MIB]) await storage().growVolume(overlay.path, wanted);
      await storage().refreshPool("default");
      expect(await storage().volumeAt(overlay.path)).toMatchObject({ format: "qcow2", capacityBytes: 32 * MIB, backing: overlay.backing });
      expect(await storage().volumeAt(base.path)).toMatchObject({ format, capacityBytes: 16 * MIB, backing: null });
      for (const { path } of [overlay, base]) await storage().deleteVolume(path);
    });

    it("gives back the very bytes that it was given", async () => {
      const { path } = await storage().createVolume(request(newName(), "raw", MIB));
      const content = randomBytes(MIB);
      await storage().upload(path, inPieces(content, 100_000), content.length, never);
      expect((await storage().volumeAt(path))?.fileBytes).toBe(content.length);
      expect(Buffer.compare(await collect(storage().download(path, never)), content)).toBe(0);
      await storage().deleteVolume(path);
    });

    it("refuses content that is longer or shorter than was said", async () => {
      const { path } = await storage().createVolume(request(newName(), "raw", MIB));
      for (const said of [999, 1001])
        await expect(storage().upload(path, inPieces(Buffer.alloc(1000), 100), said, never)).rejects.toThrow(RangeError);
      await storage().deleteVolume(path);
    });

    it("carries holes as holes, and gives back the very bytes", async () => {
      const [head, tail] = [Buffer.alloc(64 * 1024, 7), Buffer.alloc(64 * 1024, 9)];
      const lengthBytes = 8 * MIB;
      const holeBytes = lengthBytes - head.length - tail.length;
      const { path } = await storage().createVolume(request(newName(), "raw", lengthBytes));
      const { signal } = new AbortController();
      await storage().uploadSparse(path, partsOf(head, { holeBytes }, tail), lengthBytes, signal);
      await storage().refreshPool("default");
      expect((await storage().volumeAt(path))?.fileBytes).toBe(lengthBytes);
      const whole = Buffer.concat([head, Buffer.alloc(holeBytes), tail]);
      expect((await collect(storage().download(path, signal))).equals(whole)).toBe(true);
      const parts = await allOf(storage().downloadSparse(path, signal));
      expect(Buffer.concat(parts.map(bytesOf)).equals(whole)).toBe(true);
      await storage().deleteVolume(path);
    });

    it("leaves out what a thin image does not hold", async () => {
      const { path, capacityBytes } = await storage().createVolume(request(newName(), "raw", 8 * MIB));
      const parts = await allOf(storage().downloadSparse(path, new AbortController().signal));
      expect(parts.reduce((sum, part) => sum + bytesOf(part).length, 0)).toBe(capacityBytes);
      expect(parts.some((part) => !(part instanceof Uint8Array))).toBe(true);
      await storage().deleteVolume(path);
    });

    it("breaks off a download that is not wanted any more", async () => {
      const { path } = await storage().createVolume(request(newName(), "raw", MIB));
      const reason = new Error("not wanted");
      await expect(collect(storage().download(path, AbortSignal.abort(reason)))).rejects.toThrow();
      await storage().deleteVolume(path);
    });

    it("says that it started nothing when the pool is active, and names a pool that is not there", async () => {
      expect(await storage().startPool("default")).toEqual({ started: false });
      expect(await codeOf(storage().startPool("no such pool"))).toBe("HYPERVISOR_CALL_FAILED");
      expect(await codeOf(storage().refreshPool("no such pool"))).toBe("HYPERVISOR_CALL_FAILED");
    });

    it("stops a pool and starts it again, with what is in it", async () => {
      const { path } = await storage().createVolume(request(newName(), "qcow2"));
      await storage().stopPool("default");
      await storage().stopPool("default");
      expect(await storage().volumeAt(path)).toBeNull();
      expect(await storage().startPool("default")).toEqual({ started: true });
      expect(await storage().volumeAt(path)).not.toBeNull();
      await storage().deleteVolume(path);
    });

    it("defines a pool, says nothing the second time, keeps what is in it when it goes", async () => {
      const [name, source] = [newName(), { kind: "dir", path: `/var/lib/libvirt/${newName()}` } as const];
      for (const defined of [true, false]) expect(await storage().definePool(name, source)).toEqual({ defined });
      expect(await storage().poolSource(name)).toEqual(source);
      expect((await storage().pools()).find((pool) => pool.name === name)).toMatchObject({ type: "dir", active: false, path: source.path });
      await storage().startPool(name);
      const made = await storage().createVolume({ ...request(newName(), "raw"), pool: name });
      expect(await storage().volumeIn(name, made.name)).toEqual(made);
      expect(await storage().volumeIn(name, newName())).toBeNull();
      await storage().stopPool(name);
      for (let time = 0; time < 2; time++) await storage().undefinePool(name);
      expect(await codeOf(storage().poolSource(name))).toBe("POOL_NOT_FOUND");
      expect(await storage().fileExists(made.path)).toBe(true);
      await storage().definePool(name, source);
      await storage().startPool(name);
      await storage().deleteVolume(made.path);
      await storage().stopPool(name);
      await storage().undefinePool(name);
    });

    it("refuses a pool whose name another one has, and one for which libvirt has no backend", async () => {
      expect(await codeOf(storage().definePool("default", { kind: "dir", path: "/srv/elsewhere" }))).toBe("POOL_EXISTS");
      const source = { kind: "rbd", monitors: [{ name: "mon1", port: null }], rbdPool: "vms", login: null } as const;
      expect(await storage().poolKinds()).toContain("dir");
      expect(await storage().poolKinds()).not.toContain("rbd");
      expect(await codeOf(storage().definePool(newName(), source))).toBe("POOL_KIND_UNSUPPORTED");
    });

    it("knows files of the host, in a pool or not", async () => {
      expect(await storage().fileExists("/etc/passwd")).toBe(true);
      expect(await storage().fileExists("/etc")).toBe(false);
      expect(await storage().fileExists("/no/such/file")).toBe(false);
    });

    it("tells a block device apart from others, on both hosts the same", async () => {
      const { source, destination, device } = get();
      const [here, there] = [await source.storage.deviceAt(device), await destination.storage.deviceAt(device)];
      expect(here?.kernelId).toMatch(/^[0-9a-f-]{36} \d+:\d+$/);
      expect(there).toEqual(here);
    });

    it("tells the file system that holds a path", async () => {
      expect(await storage().fileSystemAt("/")).toMatch(/^[a-z]/);
      expect(await storage().fileSystemAt("/etc/passwd")).toBe(await storage().fileSystemAt("/etc"));
    });

    it("knows no secret that is not there", async () => {
      expect(await storage().hasSecret({ uuid: randomUUID() })).toBe(false);
      expect(await storage().hasSecret({ type: "iscsi", usage: newName() })).toBe(false);
      expect(await storage().hasSecret({ type: "no such kind", usage: newName() })).toBe(false);
    });

    it("takes neither a file nor a missing path for a block device", async () => {
      for (const path of ["/etc/passwd", "/dev/null", "/no/such/device"]) expect(await storage().deviceAt(path)).toBeNull();
    });

    it("tells the size of a running guest's disk", async () => {
      const { source, guest } = get();
      const size = await source.storage.diskSize(guest.uuid, "vda");
      expect(size.capacityBytes).toBe((await source.storage.volumeAt(guest.diskPath))?.capacityBytes);
      expect(await codeOf(source.storage.diskSize(randomUUID(), "vda"))).toBe("SERVER_NOT_FOUND");
    });
  });
}

async function* inPieces(content: Buffer, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes);
}

async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* partsOf(...parts: readonly ContentPart[]): AsyncGenerator<ContentPart, void> {
  yield* parts;
}

async function allOf(parts: AsyncIterable<ContentPart>): Promise<ContentPart[]> {
  const all: ContentPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

const bytesOf = (part: ContentPart): Uint8Array => (part instanceof Uint8Array ? part : new Uint8Array(part.holeBytes));
