import type { Blocks } from "./disk-image.ts";
import type { DefinedDisk, DefinedDomain } from "./domain-xml.ts";
import { readDomain } from "./domain-xml.ts";
import type { FakeFile } from "./files.ts";
import type { GuestTruth } from "./guest-truth.ts";
import type { FakeHost } from "./host.ts";
import { Refusal } from "./refusal.ts";

/** A file that the emulator holds open: it stays reachable when its name is deleted. */
export interface OpenDisk {
  readonly defined: DefinedDisk;
  readonly path: string;
  readonly file: FakeFile;
  /** Backing files, nearest first. */
  readonly chain: readonly { readonly path: string; readonly file: FakeFile }[];
}

let lastId = 0;

/** A QEMU process: it executes a guest or waits for one, and outlives its daemon. */
export class Emulator {
  readonly id = ++lastId;
  readonly host: FakeHost;
  readonly truth: GuestTruth;
  xml: string;
  definition: DefinedDomain;
  readonly disks: Map<string, OpenDisk>;
  alive = true;
  executing = false;
  /** Memory has arrived from a source (or it was started here). */
  loaded: boolean;
  /** While a copy is in sync, every write goes to the other side too. */
  mirrors: ((target: string, block: string, content: string) => void) | null = null;

  constructor(host: FakeHost, xml: string, { incoming }: { incoming: boolean }) {
    this.host = host;
    this.xml = xml;
    this.definition = readDomain(xml);
    this.truth = host.datacentre.truthOf(this.definition.uuid);
    this.disks = openDisks(host, this.definition);
    this.loaded = !incoming;
    if (!incoming) for (const target of this.disks.keys()) this.truth.startWith(target, this.contentOf(target));
  }

  /** What a guest reads from the disk: the layers of the chain over each other. */
  contentOf(target: string): Blocks {
    const disk = this.disks.get(target);
    if (!disk) return {};
    const layers = [disk.file, ...disk.chain.map((layer) => layer.file)].map((file) => file.image?.blocks ?? {});
    return Object.assign({}, ...layers.toReversed()) as Blocks;
  }

  /** The guest's definition with one disk more. */
  plug(xml: string, target: string): void {
    const [disk] = openDisks(this.host, {
      ...readDomain(xml),
      disks: readDomain(xml).disks.filter((one) => one.target === target),
    }).values();
    if (disk === undefined) throw new Refusal("invalidArg", `disk ${target} has no file`);
    this.disks.set(target, disk);
    this.replug(xml);
    this.truth.forget(target);
    this.truth.startWith(target, this.contentOf(target));
  }

  /** The guest has let go of it. */
  unplug(xml: string, target: string): void {
    this.disks.delete(target);
    this.replug(xml);
  }

  /** Its devices have changed; the disks that it has open stay as they are. */
  replug(xml: string): void {
    this.xml = xml;
    this.definition = readDomain(xml);
  }

  execute(): void {
    if (this.executing || !this.alive) return;
    if (!this.loaded) throw new Refusal("operationFailed", "guest memory has not arrived");
    this.executing = true;
    this.truth.runsOn(this.host.name);
    this.work();
  }

  pause(): void {
    if (!this.executing) return;
    this.work();
    this.executing = false;
    this.truth.stopsOn(this.host.name);
  }

  kill(): void {
    if (this.executing) this.truth.stopsOn(this.host.name);
    this.executing = false;
    this.alive = false;
  }

  /** The guest writes to each of its disks once, if it executes. */
  work(): void {
    if (!this.executing) return;
    for (const [target, disk] of this.disks) {
      if (disk.defined.readOnly) continue;
      const { block, content } = this.truth.nextWrite(target);
      this.write(target, { [block]: content });
      this.mirrors?.(target, block, content);
    }
  }

  /** Writes blocks into the top layer. */
  write(target: string, blocks: Blocks): void {
    const disk = this.disks.get(target);
    if (!disk) throw new Refusal("operationFailed", `no disk ${target}`);
    if (this.host.pools.ofPath(disk.path)?.full && !this.executing)
      throw new Refusal("operationFailed", `migration of disk ${target} failed: No space left on device`);
    const image = disk.file.image;
    if (!image) throw new Refusal("operationFailed", `${disk.path} is no disk image`);
    disk.file.image = { ...image, blocks: { ...image.blocks, ...blocks } };
  }
}

function openDisks(host: FakeHost, definition: DefinedDomain): Map<string, OpenDisk> {
  const open = new Map<string, OpenDisk>();
  for (const defined of definition.disks) {
    if (defined.path === null) continue;
    const file = openFile(host, defined.path, defined.format);
    open.set(defined.target, { defined, path: defined.path, file, chain: chainBelow(host, file) });
  }
  return open;
}

function openFile(host: FakeHost, path: string, format: string): FakeFile {
  const file = host.files.get(path);
  if (!file) throw new Refusal("systemError", `Cannot access storage file '${path}': No such file or directory`, "storage");
  const actual = file.image?.format;
  if (actual !== format) throw new Refusal("internalError", `Could not open '${path}': Image is not in ${format} format but ${actual}`);
  return file;
}

function chainBelow(host: FakeHost, file: FakeFile): { path: string; file: FakeFile }[] {
  const backing = file.image?.backing;
  if (!backing) return [];
  const layer = openFile(host, backing.path, backing.format);
  return [{ path: backing.path, file: layer }, ...chainBelow(host, layer)];
}
