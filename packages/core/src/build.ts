import type { ImageFile } from "./image.ts";

/** A flavor as it was when a server was made of it: later changes of the flavor change no server. */
export interface FlavorSnapshot {
  readonly id: string;
  /** What migrations name it by (Nova's instance type id); missing in snapshots that are older than it. */
  readonly number?: number;
  readonly name: string;
  readonly memoryMiB: number;
  readonly vcpus: number;
  /** 0: as large as the image. */
  readonly rootGiB: number;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

/** A network card of a server that ferry makes. */
export interface ServerNic {
  /** Name of a libvirt network or of a bridge of the host. */
  readonly network: string;
  readonly mac: string;
  /** The address that was asked for; null: the network decides. */
  readonly fixedIp: string | null;
}

/** What a worker needs to make a server; forgotten when that has ended. */
export interface BuildOrder {
  readonly image: ImageFile;
  /** Null: no config drive. */
  readonly configDrive: ConfigDriveOrder | null;
}

/** What is written on a config drive besides what the record says of the server anyway. */
export interface ConfigDriveOrder {
  readonly adminPass: string;
  readonly hostname: string;
  /** Base64. */
  readonly userData: string | null;
  readonly key: ConfigDriveKey | null;
  /** Files that the guest is to put into its own file system. */
  readonly files: readonly ConfigDriveFile[];
  readonly launchIndex: number;
  readonly zone: string;
}

/** A public key for the server's first user. */
export interface ConfigDriveKey {
  readonly name: string;
  readonly type: "ssh" | "x509";
  readonly publicKey: string;
}

export interface ConfigDriveFile {
  readonly path: string;
  /** Base64. */
  readonly contents: string;
}

/** Bytes of the root disk: the flavor's, or the image's where the flavor says nothing. */
export const rootDiskBytes = ({ rootGiB }: Pick<FlavorSnapshot, "rootGiB">, { virtualBytes }: Pick<ImageFile, "virtualBytes">): number =>
  rootGiB === 0 ? virtualBytes : rootGiB * 1024 ** 3;
