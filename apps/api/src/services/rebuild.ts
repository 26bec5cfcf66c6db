import { randomBytes } from "node:crypto";
import { defaultZone, fail, hostnameOf, serverId } from "@ferry/core";
import type { ServerRow, Store, StoredKeyPair } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { canonicalIPv6 } from "./canonical-address.ts";
import { imageFileOf, imageFor, keyPairFor, refuseTooSmall } from "./new-server/what-it-is-made-of.ts";
import { refuseLocked } from "./refuse-locked.ts";

/** The value of `rebuild`, checked. */
export interface RebuildBody {
  readonly imageRef: string;
  readonly name?: string;
  readonly adminPass?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
  readonly accessIPv4?: string | null;
  readonly accessIPv6?: string | null;
  readonly description?: string | null;
  readonly key_name?: string | null;
  readonly user_data?: string | null;
  readonly hostname?: string;
}

export interface RebuildAsked {
  readonly server: ServerRow;
  readonly body: RebuildBody;
  readonly requestId: string;
  readonly caller: Caller;
}

/**
 * Accepts that a server's disk is made anew from an image; a worker does it. Returns the password that its config drive tells the guest. Throws SERVER_LOCKED,
 * VALIDATION_FAILED, METADATA_LIMIT, SERVER_WRONG_STATE.
 */
export async function rebuild(store: Store, { server, body, requestId, caller }: RebuildAsked): Promise<string> {
  refuseLocked(server, caller);
  const { flavor } = server;
  if (server.imageId === null || flavor === null) throw invalid("Unable to rebuild: the server was not made of an image.");
  const image = await imageFor(store, body.imageRef, caller);
  refuseTooSmall(flavor, image);
  await refuseMetadata(store, server.projectId, body.metadata ?? {});
  const adminPass = body.adminPass ?? randomBytes(9).toString("base64url");
  if (!server.configDrive && (body.key_name || body.user_data))
    throw invalid("Unable to rebuild with a key pair or user data: the server was made without a config drive, which would carry them.");
  const key = await keyOf(store, server, body, caller);
  await store.acceptRebuild({
    serverId: serverId(server.id),
    requestId,
    projectId: caller.projectId ?? server.projectId,
    userId: caller.userId,
    columns: columnsOf(body),
    build: { image: imageFileOf(image), configDrive: server.configDrive ? driveOf(server, body, key, adminPass) : null },
  });
  return adminPass;
}

const invalid = (sentence: string): Error => fail("VALIDATION_FAILED", { sentence });

async function refuseMetadata(store: Store, projectId: string, metadata: Readonly<Record<string, string>>): Promise<void> {
  const { metadata_items: limit } = await store.quotas.limits(projectId);
  if (limit >= 0 && Object.keys(metadata).length > limit) throw fail("METADATA_LIMIT", { limit });
}

/** The key that is asked for now, else the one that the server has; null is none. */
async function keyOf(store: Store, server: ServerRow, { key_name: asked }: RebuildBody, caller: Caller): Promise<StoredKeyPair | null> {
  if (asked !== undefined) return await keyPairFor(store, asked, caller);
  return server.keyName === null ? null : await store.keyPairs.find(server.userId, server.keyName);
}

function columnsOf(body: RebuildBody) {
  const {
    imageRef,
    adminPass,
    accessIPv6,
    user_data: userData,
    key_name: keyName,
    "OS-DCF:diskConfig": diskConfig,
    accessIPv4,
    ...asTheyAre
  } = body;
  return {
    ...asTheyAre,
    ...(accessIPv4 === undefined ? {} : { accessIPv4: accessIPv4 || null }),
    ...(accessIPv6 === undefined ? {} : { accessIPv6: accessIPv6 ? canonicalIPv6(accessIPv6) : null }),
    ...(diskConfig === undefined ? {} : { diskConfig }),
    ...(keyName === undefined ? {} : { keyName }),
    ...(userData === undefined ? {} : { userData }),
  };
}

const driveOf = (server: ServerRow, body: RebuildBody, key: StoredKeyPair | null, adminPass: string) => ({
  adminPass,
  hostname: body.hostname ?? server.hostname ?? hostnameOf(body.name ?? server.name),
  userData: body.user_data === undefined ? server.userData : body.user_data,
  key: key && { name: key.name, type: key.type, publicKey: key.publicKey },
  files: [],
  launchIndex: server.launchIndex,
  zone: server.hostZone || defaultZone,
});
