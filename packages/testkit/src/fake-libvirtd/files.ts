import { type DiskImage, decodeImage, encodeImage } from "./disk-image.ts";

let changes = 0;

/** A plain file of a host. `lengthBytes` beyond `bytes` reads as zeros. */
export class FakeFile {
  #bytes: Buffer;
  /** Seconds since the epoch; no two changes have the same. */
  modifiedAt = "";
  lengthBytes: number;
  mode: number;
  uid = 0;
  gid = 0;

  constructor(content: Buffer | string, mode = 0o644) {
    this.#bytes = Buffer.from(content);
    this.lengthBytes = this.#bytes.length;
    this.mode = mode;
    this.touch();
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  set bytes(content: Buffer) {
    this.#bytes = content;
    this.touch();
  }

  /** Shows the file as changed now. */
  touch(): void {
    changes += 1;
    this.modifiedAt = `1700000000.${String(changes).padStart(9, "0")}`;
  }

  static ofImage(image: DiskImage): FakeFile {
    const file = new FakeFile("", 0o600);
    file.image = image;
    return file;
  }

  get image(): DiskImage | null {
    return decodeImage(this.bytes);
  }

  set image(image: DiskImage) {
    const { bytes, lengthBytes } = encodeImage(image);
    this.bytes = bytes;
    this.lengthBytes = lengthBytes;
  }

  /** The whole content with its trailing zeros. */
  content(): Buffer {
    return Buffer.concat([this.bytes], this.lengthBytes);
  }

  /** Makes the file at least so long; what is new reads as zeros. */
  extendTo(lengthBytes: number): void {
    this.lengthBytes = Math.max(this.lengthBytes, lengthBytes);
  }

  /** Overwrites from `offset` on; grows as needed. */
  write(offset: number, data: Buffer): void {
    const end = offset + data.length;
    const grown = Buffer.alloc(Math.max(this.bytes.length, end));
    this.bytes.copy(grown);
    data.copy(grown, offset);
    this.bytes = grown;
    this.lengthBytes = Math.max(this.lengthBytes, end);
  }
}

/** A block device as the kernel names and numbers it. */
export interface BlockDevice {
  readonly name: string;
  readonly number: readonly [major: number, minor: number];
  readonly attributes: Readonly<Record<string, string>>;
}

/** The files of a host. Directories exist when made or when something is in them. A mounted tree is shared with other hosts. */
export class FakeFiles {
  readonly #files = new Map<string, FakeFile>();
  readonly #directories = new Map<string, number>([["/", 0o755]]);
  readonly #mounts = new Map<string, FakeFiles>();
  readonly #links = new Map<string, string>();
  readonly #devices = new Map<string, readonly [number, number]>();

  /** Makes everything at and below `directory` that of another tree, under the same paths. */
  mount(directory: string, tree: FakeFiles): void {
    this.#mounts.set(directory, tree);
  }

  /** Makes the node of a block device, and what sysfs tells of that device: `size` in sectors of 512 bytes, `device/wwid`, … */
  putDevice(path: string, { name, number, attributes }: BlockDevice): void {
    this.#devices.set(path, number);
    this.#links.set(`/sys/dev/block/${number.join(":")}`, `/sys/devices/virtual/block/${name}`);
    for (const [attribute, text] of Object.entries(attributes)) this.put(`/sys/class/block/${name}/${attribute}`, `${text}\n`);
  }

  /** Major and minor number; undefined when the path is no block device. */
  deviceNumber(path: string): readonly [number, number] | undefined {
    return this.#devices.get(path);
  }

  /** The path that a link of sysfs leads to; any other path as it is. */
  follow(path: string): string {
    return this.#links.get(path) ?? path;
  }

  get(path: string): FakeFile | undefined {
    return this.#treeOf(path).#files.get(path);
  }

  put(path: string, file: FakeFile | string): FakeFile {
    const entry = typeof file === "string" ? new FakeFile(file) : file;
    this.#treeOf(path).#files.set(path, entry);
    return entry;
  }

  delete(path: string): boolean {
    return this.#treeOf(path).#files.delete(path);
  }

  makeDirectory(path: string, mode: number): void {
    this.#treeOf(path).#directories.set(path, mode);
  }

  removeDirectory(path: string): void {
    this.#treeOf(path).#directories.delete(path);
  }

  /** Mode of the directory; undefined when there is none. */
  directoryMode(path: string): number | undefined {
    const tree = this.#treeOf(path);
    return tree.#directories.get(path) ?? ([...tree.#files.keys()].some((file) => file.startsWith(`${path}/`)) ? 0o755 : undefined);
  }

  /** Names right inside a directory. */
  list(directory: string): string[] {
    const tree = this.#treeOf(directory);
    const below = [...tree.#files.keys(), ...tree.#directories.keys()].filter((path) => path.startsWith(`${directory}/`));
    return [...new Set(below.map((path) => path.slice(directory.length + 1).split("/", 1)[0] ?? ""))].sort();
  }

  /** Every file of this host, mounts included. */
  paths(): string[] {
    const own = [...this.#files.keys()].filter((path) => this.#treeOf(path) === this);
    return [...own, ...[...this.#mounts.values()].flatMap((tree) => tree.paths())].sort();
  }

  /** Directories that were made on purpose. */
  directories(): string[] {
    return [...this.#directories.keys()].sort();
  }

  #treeOf(path: string): FakeFiles {
    for (const [directory, tree] of this.#mounts) if (path === directory || path.startsWith(`${directory}/`)) return tree;
    return this;
  }
}
