/**
 * Branded identifiers. A `ServerId` is the libvirt domain uuid (Nova's instance uuid); a `HostId` is ferry's own uuid of a host; a
 * `MigrationId` is the uuid of a migration (the integer that Nova's API shows is kept beside it in the record).
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ServerId = Branded<"ServerId">;
export type HostId = Branded<"HostId">;
export type MigrationId = Branded<"MigrationId">;
export type ProjectId = Branded<"ProjectId">;
export type UserId = Branded<"UserId">;

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is a lower-case uuid with dashes, the only form ferry stores. */
export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}

export const serverId = (uuid: string): ServerId => uuid as ServerId;
export const hostId = (uuid: string): HostId => uuid as HostId;
export const migrationId = (uuid: string): MigrationId => uuid as MigrationId;
export const projectId = (id: string): ProjectId => id as ProjectId;
export const userId = (id: string): UserId => id as UserId;
