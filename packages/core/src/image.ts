/** A disk image of which servers are made. Its format is declared by who gives it, and never probed. */
export const imageFormats = ["qcow2", "raw"] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** `queued`: no content yet; `importing`: it is being read; `active`: whole and checked; `killed`: it was refused. */
export type ImageStatus = "queued" | "importing" | "active" | "killed";

/** What is needed to bring an image to a host and to know it again there. */
export interface ImageFile {
  readonly id: string;
  readonly name: string;
  readonly format: ImageFormat;
  /** Of the file's bytes, hex. */
  readonly sha256: string;
  /** Length of the file. */
  readonly sizeBytes: number;
  /** What a guest sees of it. */
  readonly virtualBytes: number;
}

/** Name of the file in which a host keeps an image for all servers that stand on it: named by its content, so that it is never another one. */
export const baseFileName = ({ sha256, format }: Pick<ImageFile, "sha256" | "format">): string => `_base-${sha256}.${format}`;

/** Name of a server's root disk. */
export const rootDiskName = (serverId: string): string => `${serverId}.disk.qcow2`;

/** Name of a server's config drive. */
export const configDriveName = (serverId: string): string => `${serverId}.config.iso`;

/** Whether the file is that server's own config drive: the name has the server's id, which no other file of a host bears by chance. */
export const isConfigDriveOf = (serverId: string, path: string): boolean => path.endsWith(`/${configDriveName(serverId)}`);
