import { fail, type Storage, type VolumeFacts } from "@ferry/core";
import { pool, volume } from "./move-facts.ts";
import { stub } from "./stub.ts";

/** Volumes of one host as path -> content. `pools` maps a pool's name to its directory. */
export class FakeStorage {
  readonly files: Map<string, string>;
  readonly stopped = new Set<string>();
  readonly port: Storage;

  constructor(files: Map<string, string> = new Map(), pools: Record<string, string> = { default: "/images" }) {
    this.files = files;
    this.port = stub<Storage>("storage", {
      pools: async () => [pool({ active: !this.stopped.has("default") })],
      refreshPool: async () => undefined,
      volumeAt: async (path) => this.facts(path),
      deleteVolume: async (path) => void this.files.delete(path),
      createVolume: async ({ pool, name }) => {
        const path = `${pools[pool]}/${name}`;
        if (this.files.has(path)) throw fail("DESTINATION_OCCUPIED", { host: "kvm2", thing: path });
        this.files.set(path, "");
        return volume(path);
      },
      download: (path) => this.read(path),
      upload: async (path, content) => {
        let text = "";
        for await (const chunk of content) text += Buffer.from(chunk).toString();
        this.files.set(path, text);
      },
      diskSize: async () => ({ capacityBytes: 10, allocationBytes: 5, physicalBytes: 5 }),
      fileSystemAt: async () => "nfs4",
      fileExists: async (path) => this.files.has(path),
      startPool: async (name) => ({ started: this.stopped.delete(name) }),
      stopPool: async (name) => void this.stopped.add(name),
    });
  }

  private facts(path: string): VolumeFacts | null {
    return this.files.has(path) ? volume(path) : null;
  }
  private async *read(path: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(this.files.get(path) ?? "");
  }
}
