import { randomBytes, randomUUID } from "node:crypto";
import {
  chooseBuildHost,
  defaultGroupName,
  fail,
  type HostId,
  hasCode,
  hostId,
  hostnameOf,
  type ImageFile,
  unguardableThere,
} from "@ferry/core";
import type { Store, StoredFlavor, StoredImage } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import { enforce } from "../policy.ts";
import { groupOfProject } from "./find-security-group.ts";
import { flavorSnapshot, namedFlavor } from "./flavor-lookup.ts";
import { hostByName } from "./host-lookup.ts";
import { usableImage } from "./image-lookup.ts";
import { isTrue } from "./loose-boolean.ts";
import { type Card, newNics } from "./new-nics.ts";

/** The value of `server` in the body of POST /servers, checked. */
export interface NewServerBody {
  readonly name: string;
  readonly imageRef: string;
  readonly flavorRef: string | number;
  readonly adminPass?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
  readonly availability_zone?: string;
  readonly config_drive?: boolean | string;
  readonly networks?: "auto" | "none" | readonly Card[];
  readonly security_groups?: readonly { readonly name: string }[];
  readonly user_data?: string;
  readonly block_device_mapping_v2?: readonly { readonly uuid: string }[];
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly host?: string;
  readonly hostname?: string;
}

export interface Asking {
  readonly caller: Caller;
  readonly requestId: string;
  readonly minor: number;
}

export interface AcceptedServer {
  readonly id: string;
  readonly adminPass: string;
  /** As they were named, or `default`. */
  readonly groupNames: readonly string[];
}

/**
 * Accepts a new server: everything that can be decided from the record is decided here, and refused in Nova's words; a worker does the rest. Throws
 * VALIDATION_FAILED, NO_VALID_HOST, COMPUTE_HOST_NOT_FOUND, POLICY_FORBIDS, SERVER_UNGUARDABLE.
 */
export async function createServer(store: Store, body: NewServerBody, asking: Asking): Promise<AcceptedServer> {
  const { caller, requestId } = asking;
  const { projectId } = caller;
  if (projectId === null) throw invalid("A server needs a project: scope the token to one.");
  refuseUnserved(body, asking.minor);
  const image = await imageOf(store, body.imageRef, caller);
  const flavor = await namedFlavor(store, String(body.flavorRef), caller);
  refuseTooSmall(flavor, image);
  const id = randomUUID();
  const file = fileOf(image);
  const candidates = await candidatesOf(store, body, caller);
  const nics = newNics(id, body.networks ?? "auto", candidates);
  const choice = chooseBuildHost(candidates, { flavor, image: file, nics });
  if ("refused" in choice) throw fail("NO_VALID_HOST", { reason: isAdmin(caller) ? choice.refused : hostsHidden });
  const adminPass = body.adminPass ?? randomBytes(9).toString("base64url");
  const userData = body.user_data ?? null;
  const unguarded = choice.host.facts === null ? null : unguardableThere(choice.host.facts, nics);
  const groupNames = namesOf(body.security_groups ?? [], nics.length > 0 && unguarded === null);
  if (groupNames.length > 0 && unguarded !== null) throw fail("SERVER_UNGUARDABLE", { id: body.name, reason: unguarded });
  const wantsDrive = userData !== null || isTrue(body.config_drive ?? false);
  await store.acceptServer({
    id,
    name: body.name,
    projectId,
    userId: caller.userId,
    hostId: choice.host.id,
    hostName: choice.host.name,
    flavor: flavorSnapshot(flavor),
    rootGiB: flavor.rootGiB,
    nics,
    metadata: body.metadata ?? {},
    tags: [...new Set(body.tags ?? [])],
    description: body.description ?? null,
    userData,
    securityGroups: await groupsOf(store, projectId, groupNames),
    build: { image: file, configDrive: wantsDrive ? { adminPass, hostname: body.hostname ?? hostnameOf(body.name), userData } : null },
    requestId,
  });
  return { id, adminPass, groupNames };
}

/** Which hosts there are is told to administrators only. */
const hostsHidden = "There are not enough hosts available.";

const invalid = (sentence: string): Error => fail("VALIDATION_FAILED", { sentence });

/** What Nova has and ferry has not is refused, not left out. */
function refuseUnserved(body: NewServerBody, minor: number): void {
  if (minor >= 37 && body.networks === undefined)
    throw invalid("Invalid input for field/attribute server. 'networks' is a required property");
  if (minor < 37 && typeof body.networks === "string")
    throw invalid(`Invalid input for field/attribute networks. Value: ${body.networks}. '${body.networks}' is not of type 'array'`);
  for (const { uuid } of body.block_device_mapping_v2 ?? [])
    if (uuid !== body.imageRef) throw invalid(`Invalid image ${uuid} in block_device_mapping_v2: it must be the one of imageRef.`);
}

async function imageOf(store: Store, id: string, caller: Caller): Promise<StoredImage> {
  const image = await usableImage(store, id, caller).catch((error: unknown) => {
    throw fail("VALIDATION_FAILED", { sentence: "Can not find requested image" }, error);
  });
  if (image.status !== "active") throw invalid(`Image ${id} is not active.`);
  return image;
}

function refuseTooSmall({ memoryMiB, rootGiB }: StoredFlavor, { minRamMiB, minDiskGiB, virtualBytes }: StoredImage): void {
  if (memoryMiB < minRamMiB) throw invalid("Flavor's memory is too small for requested image.");
  if (rootGiB === 0) return;
  const needed = Math.max(minDiskGiB * 1024 ** 3, virtualBytes ?? 0);
  const has = rootGiB * 1024 ** 3;
  if (has < needed) throw invalid(`Flavor's disk is too small for requested image. Flavor disk is ${has} bytes, image is ${needed} bytes.`);
}

function fileOf({ id, name, diskFormat: format, sha256, sizeBytes, virtualBytes }: StoredImage): ImageFile {
  if (sha256 === null || sizeBytes === null || virtualBytes === null) throw new Error(`Image ${id} is active without a whole content.`);
  return { id, name, format, sha256, sizeBytes, virtualBytes };
}

/** As in Nova a server that names no group is in the project's `default`; ferry leaves that out where nothing could guard it. */
function namesOf(asked: NonNullable<NewServerBody["security_groups"]>, guardable: boolean): string[] {
  if (asked.length === 0) return guardable ? [defaultGroupName] : [];
  return [...new Set(asked.map(({ name }) => name))];
}

async function groupsOf(store: Store, projectId: string, names: readonly string[]): Promise<string[]> {
  if (names.length > 0) await store.securityGroups.ensureDefault(projectId);
  const found = await Promise.all(names.map((name) => groupNamed(store, projectId, name)));
  return [...new Set(found)];
}

async function groupNamed(store: Store, projectId: string, name: string): Promise<string> {
  try {
    return (await groupOfProject(store, projectId, name)).id;
  } catch (error) {
    if (!hasCode(error, "SECURITY_GROUP_NOT_FOUND")) throw error;
    throw fail("VALIDATION_FAILED", { sentence: `Security group ${name} not found for project ${projectId}.` }, error);
  }
}

type Candidates = Awaited<ReturnType<Store["hypervisors"]["buildCandidates"]>>;

/** All hosts, or the one that an administrator names. */
async function candidatesOf(store: Store, body: NewServerBody, caller: Caller): Promise<Candidates> {
  const wanted = await namedHost(store, body, caller);
  const all = await store.hypervisors.buildCandidates();
  return wanted === null ? all : all.filter(({ id }) => id === wanted);
}

/** `host`, or Nova's `ZONE:HOST` or `ZONE:HOST:NODE`; the only zone is `nova`. */
async function namedHost(
  store: Store,
  { availability_zone: zoneText, host: asked }: NewServerBody,
  caller: Caller,
): Promise<HostId | null> {
  const [zone = "nova", forced] = zoneText?.split(":") ?? [];
  if (zone !== "nova" && zone !== "") throw invalid("The requested availability zone is not available");
  if (forced) enforce(caller, "os_compute_api:servers:create:forced_host");
  if (asked) enforce(caller, "compute:servers:create:requested_destination");
  const name = forced || asked;
  if (!name) return null;
  const host = await hostByName(store, name);
  if (host === null) throw fail("COMPUTE_HOST_NOT_FOUND", { host: name });
  return hostId(host.id);
}
