import { randomBytes, randomUUID } from "node:crypto";
import { defaultZone, fail, hasCode, hostnameOf, placeServers, type ServerNic, unguardableThere } from "@ferry/core";
import type { NewServer, Store } from "@ferry/store";
import { canonicalIPv6 } from "../canonical-address.ts";
import { flavorSnapshot, namedFlavor } from "../flavor-lookup.ts";
import { isTrue } from "../loose-boolean.ts";
import type { Asking, CreationBody, NewServerBody } from "./body.ts";
import { countOf, numbered } from "./counts.ts";
import { type Candidates, destinationsOf, wished } from "./destinations.ts";
import { groupIdsOf, groupNamesOf } from "./groups.ts";
import { hintsOf, readHints } from "./hints.ts";
import { newNics } from "./new-nics.ts";
import { rootImageOf } from "./root-image.ts";
import { imageFileOf, imageFor, keyPairFor, refuseTooSmall } from "./what-it-is-made-of.ts";

export interface AcceptedServers {
  /** Of the first. */
  readonly id: string;
  readonly reservationId: string;
  readonly adminPass: string;
  /** As they were named, or `default`. */
  readonly groupNames: readonly string[];
}

/**
 * Accepts one new server or several, all or none: everything that can be decided from the record is decided here, and refused in Nova's words; a worker does
 * the rest. Where no host can be found for all, all are in error, with the reason. Throws VALIDATION_FAILED, COMPUTE_HOST_NOT_FOUND, POLICY_FORBIDS,
 * QUOTA_EXCEEDED, SERVER_UNGUARDABLE.
 */
export async function createServers(store: Store, body: CreationBody, asking: Asking): Promise<AcceptedServers> {
  const parts = await gather(store, body, asking);
  for (let tries = 1; ; tries += 1) {
    const { servers, group } = await plan(store, parts);
    try {
      await store.acceptServers(servers, group);
      return answerOf(parts, servers);
    } catch (error) {
      // Somebody else has put a server of the group there meanwhile: choose again.
      if (!hasCode(error, "GROUP_POLICY_BROKEN") || tries === mostTries) throw error;
    }
  }
}

const mostTries = 5;

type Parts = Awaited<ReturnType<typeof gather>>;

/** What the request names, looked up, and what is decided once for all its servers. */
async function gather(store: Store, creation: CreationBody, asking: Asking) {
  const { server: body } = creation;
  const { caller } = asking;
  const { projectId } = caller;
  if (projectId === null) throw invalid("A server needs a project: scope the token to one.");
  refuseNetworksOfAnotherVersion(body, asking.minor);
  const count = countOf(body);
  if (count > 1 && Array.isArray(body.networks) && body.networks.some(({ fixed_ip }) => fixed_ip !== undefined))
    throw invalid("max_count cannot be greater than 1 if an fixed_ip is specified.");
  await keepMetadataQuota(store, projectId, Object.keys(body.metadata ?? {}).length);
  const image = await imageFor(store, rootImageOf(body), caller);
  const flavor = await namedFlavor(store, String(body.flavorRef), caller);
  refuseTooSmall(flavor, image);
  return {
    body,
    asking,
    projectId,
    count,
    file: imageFileOf(image),
    flavor: flavorSnapshot(flavor),
    key: await keyPairFor(store, body.key_name, caller),
    hints: hintsOf(creation),
    reservationId: `r-${randomBytes(4).toString("hex")}`,
    adminPass: body.adminPass ?? randomBytes(9).toString("base64url"),
  };
}

/** Chooses the hosts, as the record is now. */
async function plan(store: Store, parts: Parts): Promise<{ servers: NewServer[]; group: string | null }> {
  const { body, asking, count, flavor, file, hints } = parts;
  const [all, wishes] = await Promise.all([store.hypervisors.buildCandidates(), readHints(store, hints, asking.caller)]);
  const { candidates, zone } = destinationsOf(all, body, asking.caller);
  const ids = Array.from({ length: count }, () => randomUUID());
  const nics = ids.map((id) => newNics(id, body.networks ?? "auto", candidates));
  const needs = { flavor, image: file, nics: nics[0] ?? [], group: wishes.group };
  const placed = placeServers(wished(candidates, wishes), needs, count);
  const hosts = "hosts" in placed ? placed.hosts : [];
  const securityGroups = await guard(store, parts, hosts, nics);
  const refused = "refused" in placed ? placed.refused : null;
  const servers = ids.map((id, index) =>
    newServer(parts, { id, index, zone, nics: nics[index] ?? [], host: hosts[index] ?? null, refused, securityGroups }),
  );
  return { servers, group: wishes.group?.id ?? null };
}

/** Ids of the security groups. A named one is refused where a card could not be guarded, `default` is left out there. Throws SERVER_UNGUARDABLE. */
async function guard(store: Store, { body, projectId }: Parts, hosts: Candidates, nics: readonly ServerNic[][]): Promise<string[]> {
  const obstacles = hosts.map(({ facts }, index) => (facts === null ? null : unguardableThere(facts, nics[index] ?? [])));
  const obstacle = obstacles.find((one) => one !== null) ?? null;
  const names = groupNamesOf(body.security_groups ?? [], hasCards(nics) && obstacle === null);
  if (names.length > 0 && obstacle !== null) throw fail("SERVER_UNGUARDABLE", { id: body.name, reason: obstacle });
  return await groupIdsOf(store, projectId, names);
}

const hasCards = (nics: readonly ServerNic[][]): boolean => (nics[0] ?? []).length > 0;

interface Placement {
  readonly id: string;
  readonly index: number;
  readonly zone: string | null;
  readonly nics: readonly ServerNic[];
  readonly host: Candidates[number] | null;
  readonly refused: string | null;
  readonly securityGroups: readonly string[];
}

function newServer(parts: Parts, { id, index, zone, nics, host, refused, securityGroups }: Placement): NewServer {
  const { body, asking, projectId, count, file, flavor, key, hints, reservationId } = parts;
  const hostname = numbered(body.hostname ?? hostnameOf(body.name), index, count);
  return {
    id,
    name: numbered(body.name, index, count),
    projectId,
    userId: asking.caller.userId,
    host: host && { id: host.id, name: host.name },
    refused,
    flavor,
    rootGiB: flavor.rootGiB,
    nics,
    metadata: body.metadata ?? {},
    tags: [...new Set(body.tags ?? [])],
    description: body.description ?? null,
    userData: body.user_data ?? null,
    accessIPv4: body.accessIPv4 || null,
    accessIPv6: body.accessIPv6 ? canonicalIPv6(body.accessIPv6) : null,
    hostname,
    keyName: key?.name ?? null,
    reservationId,
    launchIndex: index,
    diskConfig: body["OS-DCF:diskConfig"] ?? "MANUAL",
    pinnedZone: zone,
    hints: Object.keys(hints).length === 0 ? null : hints,
    securityGroups,
    build: { image: file, configDrive: wantsDrive(parts) ? driveOf(parts, hostname, index, host?.zone ?? zone ?? defaultZone) : null },
    requestId: asking.requestId,
  };
}

/** Key, user data and files reach the server by its config drive and by nothing else, so they ask for one. */
const wantsDrive = ({ body, key }: Parts): boolean =>
  key !== null || (body.user_data ?? null) !== null || (body.personality ?? []).length > 0 || isTrue(body.config_drive ?? false);

const driveOf = ({ body, key, adminPass }: Parts, hostname: string, launchIndex: number, zone: string) => ({
  adminPass,
  hostname,
  userData: body.user_data ?? null,
  key: key && { name: key.name, type: key.type, publicKey: key.publicKey },
  files: [...(body.personality ?? [])],
  launchIndex,
  zone,
});

function answerOf({ body, reservationId, adminPass }: Parts, servers: readonly NewServer[]): AcceptedServers {
  const [first] = servers;
  if (first === undefined) throw new Error("A request for servers was accepted without one.");
  return { id: first.id, reservationId, adminPass, groupNames: groupNamesOf(body.security_groups ?? [], first.securityGroups.length > 0) };
}

const invalid = (sentence: string): Error => fail("VALIDATION_FAILED", { sentence });

async function keepMetadataQuota(store: Store, projectId: string, asked: number): Promise<void> {
  const { metadata_items: limit } = await store.quotas.limits(projectId);
  if (limit >= 0 && asked > limit) throw fail("METADATA_LIMIT", { limit });
}

function refuseNetworksOfAnotherVersion(body: NewServerBody, minor: number): void {
  if (minor >= 37 && body.networks === undefined)
    throw invalid("Invalid input for field/attribute server. 'networks' is a required property");
  if (minor < 37 && typeof body.networks === "string")
    throw invalid(`Invalid input for field/attribute networks. Value: ${body.networks}. '${body.networks}' is not of type 'array'`);
}
