import { createHash } from "node:crypto";
import { hostnameOf, serverStatus } from "@ferry/core";
import type { ServerRow } from "@ferry/store";
import { instant, naiveTime, orNull } from "../times.ts";
import { type Link, resourceLinks } from "../urls.ts";
import { addressesView } from "./addresses.ts";
import { flavorView } from "./flavor.ts";
import { hostStatus } from "./host-status.ts";

export interface ServerViewOptions {
  readonly minor: number;
  readonly base: string;
  /** Whether to tell hosts and other things that only administrators see. */
  readonly extended: boolean;
  /** Whether this is the answer to a show; the detail list leaves out the server groups. */
  readonly single: boolean;
  readonly now: Date;
}

type View = Record<string, unknown>;

/** The short form of lists. */
export function serverSummary(server: ServerRow, base: string): { id: string; name: string; links: Link[] } {
  return { id: server.id, name: server.name, links: resourceLinks(base, `/servers/${server.id}`) };
}

/** A server as it is shown at the microversion. */
export function serverView(server: ServerRow, options: ServerViewOptions): View {
  return {
    ...baseView(server, options),
    ...placeView(server),
    ...statesView(server, options),
    ...(options.extended ? extendedView(server, options) : {}),
    ...laterView(server, options),
  };
}

/** The answer to an update: below 2.75 a part of the server, from then on all of it. */
export function updatedServerView(server: ServerRow, options: ServerViewOptions): View {
  if (options.minor >= 75) return serverView(server, options);
  return { ...baseView(server, options), addresses: addressesView(server, "plain"), ...laterView(server, options) };
}

/** The answer to a rebuild: as to an update, with the key's name from 2.54 on and the user data from 2.57 on, under a name of its own. */
export function rebuiltServerView(server: ServerRow, options: ServerViewOptions): View {
  const { "OS-EXT-SRV-ATTR:user_data": _hidden, ...shown } = updatedServerView(server, options);
  return {
    ...shown,
    ...(options.minor >= 54 ? { key_name: server.keyName } : {}),
    ...(options.minor >= 57 ? { user_data: server.userData } : {}),
  };
}

/** Statuses with which Nova shows the progress. */
const progressing = new Set(["ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING"]);

/** Statuses with which Nova shows what the last action failed of. */
const faulty = new Set(["ERROR", "DELETED"]);

const faultOf = ({ faultMessage, faultAt }: ServerRow): View =>
  faultMessage === null || faultAt === null ? {} : { fault: { code: 500, created: instant(faultAt), message: faultMessage } };

function baseView(server: ServerRow, { minor, base }: ServerViewOptions): View {
  const status = serverStatus(server.vmState, server.taskState);
  return {
    ...serverSummary(server, base),
    status,
    ...(progressing.has(status) ? { progress: server.progress } : {}),
    ...(faulty.has(status) ? faultOf(server) : {}),
    tenant_id: server.projectId,
    user_id: server.userId,
    metadata: server.metadata,
    hostId: hostIdOf(server.projectId, server.hostName),
    image: imageOf(server, base),
    flavor: flavorView(server, minor, base),
    created: instant(server.createdAt),
    updated: instant(server.updatedAt),
    accessIPv4: server.accessIPv4 ?? "",
    accessIPv6: server.accessIPv6 ?? "",
    "OS-DCF:diskConfig": server.diskConfig,
  };
}

/** What a show and a list tell besides, and an update not below 2.75. */
function placeView(server: ServerRow): View {
  return {
    addresses: addressesView(server, "typed"),
    key_name: server.keyName,
    config_drive: server.configDrive ? "True" : "",
    ...(server.securityGroups.length > 0 ? { security_groups: server.securityGroups.map((name) => ({ name })) } : {}),
  };
}

const imageOf = ({ imageId }: ServerRow, base: string): string | object =>
  imageId === null ? "" : { id: imageId, links: [{ rel: "bookmark", href: `${base}/images/${imageId}` }] };

function statesView(server: ServerRow, { minor }: ServerViewOptions): View {
  return {
    "OS-EXT-AZ:availability_zone": server.hostName === null ? "" : server.hostZone,
    "OS-SRV-USG:launched_at": orNull(server.launchedAt, naiveTime),
    "OS-SRV-USG:terminated_at": orNull(server.terminatedAt, naiveTime),
    "OS-EXT-STS:task_state": server.taskState,
    "OS-EXT-STS:vm_state": server.vmState,
    "OS-EXT-STS:power_state": server.powerState,
    "os-extended-volumes:volumes_attached": server.volumes.map(({ id, deleteOnTermination }) =>
      minor >= 3 ? { id, delete_on_termination: deleteOnTermination } : { id },
    ),
  };
}

function extendedView(server: ServerRow, { minor, now }: ServerViewOptions): View {
  return {
    "OS-EXT-SRV-ATTR:host": server.hostName,
    "OS-EXT-SRV-ATTR:hypervisor_hostname": server.hypervisorHostname,
    "OS-EXT-SRV-ATTR:instance_name": server.instanceName,
    ...(minor >= 3 ? bootView(server) : {}),
    ...(minor >= 16 ? { host_status: statusOfHost(server, now) } : {}),
  };
}

/** Empty for a server for which no host was found. */
function statusOfHost(server: ServerRow, now: Date): string {
  const {
    hostState: state,
    hostEnabled: enabled,
    hostForcedDown: forcedDown,
    hostLastSeenAt: lastSeenAt,
    hostMonitorUntil: monitorUntil,
  } = server;
  if (state === null || enabled === null || forcedDown === null) return "";
  return hostStatus({ state, enabled, forcedDown, lastSeenAt, monitorUntil }, now);
}

function bootView(server: ServerRow): View {
  return {
    "OS-EXT-SRV-ATTR:hostname": shownHostname(server),
    "OS-EXT-SRV-ATTR:kernel_id": "",
    "OS-EXT-SRV-ATTR:ramdisk_id": "",
    "OS-EXT-SRV-ATTR:launch_index": server.launchIndex,
    "OS-EXT-SRV-ATTR:reservation_id": server.reservationId,
    "OS-EXT-SRV-ATTR:root_device_name": orNull(server.rootTarget, (target) => `/dev/${target}`),
    "OS-EXT-SRV-ATTR:user_data": server.userData,
  };
}

function laterView(server: ServerRow, { minor, single }: ServerViewOptions): View {
  return {
    ...(minor >= 9 ? { locked: server.locked } : {}),
    ...(minor >= 19 ? { description: server.description } : {}),
    ...(minor >= 26 ? { tags: server.tags } : {}),
    ...(minor >= 63 ? { trusted_image_certificates: null } : {}),
    ...(minor >= 71 && single ? { server_groups: server.serverGroups } : {}),
    ...(minor >= 73 ? { locked_reason: server.lockedReason } : {}),
    ...(minor >= 90 ? { "OS-EXT-SRV-ATTR:hostname": shownHostname(server) } : {}),
    ...(minor >= 96 ? { pinned_availability_zone: server.pinnedZone } : {}),
  };
}

/** Nova's way to let a project see that two servers share a host without telling which. */
export const hostIdOf = (projectId: string, hostName: string | null): string =>
  hostName === null
    ? ""
    : createHash("sha224")
        .update(projectId + hostName)
        .digest("hex");

const shownHostname = ({ hostname, name }: ServerRow): string => hostname ?? hostnameOf(name);
