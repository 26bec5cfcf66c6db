/**
 * The error catalogue: every error that ferry reports has a code here. `kind` decides the HTTP status (one translation, in the API), `sentence`
 * is what the caller reads: action, value, wanted state. Details for operators travel in `cause`, never pasted into the sentence.
 */
export const errorKinds = [
  "badRequest",
  "unauthorized",
  "forbidden",
  "notFound",
  "badMethod",
  "notAcceptable",
  "conflict",
  "gone",
  "tooLarge",
  "unsupportedMedia",
  "tooMany",
  "unavailable",
  "notSupported",
  "internal",
] as const;
export type ErrorKind = (typeof errorKinds)[number];

type Params = Record<string, string | number>;

interface CatalogueEntry<P extends Params> {
  readonly kind: ErrorKind;
  /** Whether the same request may succeed later without a change by the caller. */
  readonly retryable: boolean;
  readonly sentence: (params: P) => string;
}

function entry<P extends Params>(kind: ErrorKind, retryable: boolean, sentence: (params: P) => string): CatalogueEntry<P> {
  return { kind, retryable, sentence };
}

/** Sentences that Nova's clients match are Nova's own; the rest name the action, the value and the remedy. */
export const catalogue = {
  // API
  VALIDATION_FAILED: entry("badRequest", false, (p: { sentence: string }) => p.sentence),
  MALFORMED_BODY: entry("badRequest", false, () => "Malformed request body"),
  UNKNOWN_ACTION: entry("badRequest", false, (p: { action: string }) => `There is no such action: ${p.action}`),
  VERSION_MALFORMED: entry(
    "badRequest",
    false,
    (p: { version: string }) => `API Version String ${p.version} is of invalid format. Must be of format MajorNum.MinorNum.`,
  ),
  VERSION_OUT_OF_RANGE: entry(
    "notAcceptable",
    false,
    (p: { version: string; minimum: string; maximum: string }) =>
      `Version ${p.version} is not supported by the API. Minimum is ${p.minimum} and maximum is ${p.maximum}.`,
  ),
  RESOURCE_NOT_FOUND: entry("notFound", false, () => "The resource could not be found."),
  METHOD_NOT_ALLOWED: entry("badMethod", false, (p: { method: string }) => `The method ${p.method} is not allowed for this resource.`),
  BODY_TOO_LARGE: entry(
    "tooLarge",
    false,
    (p: { limitBytes: number }) => `Request body is too large: at most ${p.limitBytes} bytes are accepted.`,
  ),
  CONTENT_TYPE_UNSUPPORTED: entry(
    "unsupportedMedia",
    false,
    (p: { contentType: string; wanted: string }) => `Unsupported Content-Type ${p.contentType}: send ${p.wanted}.`,
  ),
  UNAUTHENTICATED: entry("unauthorized", false, () => "The request you have made requires authentication."),
  POLICY_FORBIDS: entry("forbidden", false, (p: { rule: string }) => `Policy doesn't allow ${p.rule} to be performed.`),
  IDENTITY_NOT_FOUND: entry("notFound", false, (p: { kind: string; id: string }) => `Could not find ${p.kind}: ${p.id}.`),
  IDENTITY_EXISTS: entry(
    "conflict",
    false,
    (p: { kind: string; name: string }) => `Conflict occurred attempting to store ${p.kind} - Duplicate entry found with name ${p.name}.`,
  ),
  IDENTITY_IN_USE: entry(
    "conflict",
    false,
    (p: { kind: string; id: string; things: string }) =>
      `Cannot delete ${p.kind} ${p.id}: it owns ${p.things}. Delete those first, or disable the ${p.kind}.`,
  ),
  LOGIN_LIMITED: entry(
    "tooMany",
    true,
    (p: { seconds: number }) => `Too many wrong passwords for this user from this address. Try again in ${p.seconds} s.`,
  ),
  KEYSTONE_SILENT: entry(
    "unavailable",
    true,
    () => "The identity service that validates tokens does not answer as it should. Try again later.",
  ),
  ORIGIN_REFUSED: entry(
    "forbidden",
    false,
    (p: { origin: string }) => `Cannot open the event stream from the web page of ${p.origin}: only pages of this service may.`,
  ),
  STREAMS_EXHAUSTED: entry(
    "unavailable",
    true,
    (p: { limit: number }) => `Cannot open one more event stream: ${p.limit} are open. Close one, or ask again later.`,
  ),

  // servers and migrations
  SERVER_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Instance ${p.id} could not be found.`),
  SERVER_WRONG_STATE: entry(
    "conflict",
    true,
    (p: { action: string; id: string; attribute: string; value: string }) =>
      `Cannot '${p.action}' instance ${p.id} while it is in ${p.attribute} ${p.value}`,
  ),
  SERVER_LOCKED: entry("conflict", false, (p: { id: string }) => `Instance ${p.id} is locked`),
  SERVER_MIGRATION_PENDING: entry(
    "conflict",
    true,
    (p: { action: string; id: string; migration: number }) =>
      `Cannot '${p.action}' instance ${p.id} while migration ${p.migration} of it is not finished. Wait for it, or abort it.`,
  ),
  SERVER_TRANSIENT: entry(
    "conflict",
    false,
    (p: { action: string; id: string }) =>
      `Cannot '${p.action}' instance ${p.id}: its host keeps no definition of it, so it could not be started again. Define it there first (virsh define).`,
  ),
  SERVER_NOT_PLACED: entry(
    "conflict",
    false,
    (p: { id: string }) =>
      `Instance ${p.id} is not ready: no host could be found for it when it was to be made. Delete it and make it again.`,
  ),
  SERVER_GONE: entry(
    "conflict",
    false,
    (p: { action: string; id: string; host: string }) =>
      `Cannot '${p.action}' instance ${p.id}: host ${p.host} has no such guest any more. Look on that host what became of it.`,
  ),
  SERVER_NOT_AS_WANTED: entry(
    "conflict",
    true,
    (p: { action: string; id: string; host: string; state: string; wanted: string }) =>
      `Cannot '${p.action}' instance ${p.id}: on host ${p.host} it is ${p.state}, must be ${p.wanted}. Look at its console or the hypervisor's log there, then ask again.`,
  ),
  TASK_FENCED: entry(
    "conflict",
    false,
    (p: { task: string }) => `Task ${p.task} was taken over by another worker, or withdrawn; this one stops.`,
  ),
  TASK_WITHDRAWN: entry("conflict", false, (p: { by: string }) => `The action was withdrawn: '${p.by}' took its place.`),
  MIGRATION_NOT_FOUND: entry(
    "notFound",
    false,
    (p: { id: string; server: string }) => `Migration ${p.id} could not be found for server ${p.server}`,
  ),
  MIGRATION_NOT_IN_PROGRESS: entry(
    "notFound",
    false,
    (p: { id: number; server: string }) => `Live migration ${p.id} for server ${p.server} is not in progress.`,
  ),
  MIGRATION_NOT_ABORTABLE: entry(
    "badRequest",
    false,
    (p: { id: number; status: string }) =>
      `Cannot abort migration ${p.id}: its status is ${p.status}, must be queued, preparing or running.`,
  ),
  MIGRATION_UNSTOPPABLE: entry(
    "conflict",
    false,
    (p: { id: number; host: string; hypervisor: string }) =>
      `Cannot abort migration ${p.id}: its transfer has begun, and ${p.hypervisor} on ${p.host} cannot break one off. Wait until it has ended.`,
  ),
  SERVER_NOT_RESIZED: entry("badRequest", false, () => "Instance has not been resized."),
  SAME_HOST: entry("badRequest", false, () => "Cannot migrate to the host where the server exists."),
  MIGRATION_UNKNOWN: entry("notFound", false, (p: { id: string }) => `Migration ${p.id} could not be found.`),
  FORCE_WITHOUT_HOST: entry("badRequest", false, () => "Can't force to a non-provided destination"),
  COMPUTE_HOST_NOT_FOUND: entry("badRequest", false, (p: { host: string }) => `Compute host ${p.host} could not be found.`),
  CHECKS_REFUSED: entry("badRequest", false, (p: { reason: string }) => `Migration pre-check error: ${p.reason}`),
  NO_VALID_HOST: entry("badRequest", true, (p: { reason: string }) => `No valid host was found. ${p.reason}`),

  FEATURE_NOT_SUPPORTED: entry("notSupported", false, (p: { why: string }) => `The requested functionality is not supported. ${p.why}`),
  CONSOLE_UNAVAILABLE: entry("notFound", false, () => "Guest does not have a console available."),
  PORT_NOT_FOUND: entry("notFound", false, (p: { port: string; server: string }) => `Port ${p.port} is no card of server ${p.server}.`),
  METADATA_ITEM_NOT_FOUND: entry("notFound", false, () => "Metadata item was not found"),
  METADATA_LIMIT: entry("forbidden", false, (p: { limit: number }) => `Maximum number of metadata items exceeds ${p.limit}`),
  TAG_NOT_FOUND: entry("notFound", false, (p: { id: string; tag: string }) => `Server ${p.id} has no tag '${p.tag}'`),
  NOT_IN_NETWORK: entry("notFound", false, () => "Instance is not a member of specified network"),

  ACTION_NOT_FOUND: entry(
    "notFound",
    false,
    (p: { requestId: string; id: string }) => `Action for request_id ${p.requestId} on instance ${p.id} not found`,
  ),
  HYPERVISOR_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Hypervisor with ID '${p.id}' could not be found.`),

  // flavors, images and new servers
  FLAVOR_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Flavor ${p.id} could not be found.`),
  FLAVOR_EXISTS: entry("conflict", false, (p: { what: string; value: string }) => `Flavor with ${p.what} ${p.value} already exists.`),
  KEYPAIR_NOT_FOUND: entry("notFound", false, (p: { name: string; userId: string }) => `Keypair ${p.name} not found for user ${p.userId}`),
  KEYPAIR_EXISTS: entry("conflict", false, (p: { name: string }) => `Key pair '${p.name}' already exists.`),
  KEYPAIR_INVALID: entry("badRequest", false, (p: { reason: string }) => `Keypair data is invalid: ${p.reason}`),
  GROUP_POLICY_BROKEN: entry(
    "conflict",
    true,
    (p: { host: string; reason: string }) => `Host ${p.host} cannot take the server: ${p.reason}. Choose another host.`,
  ),
  SERVER_GROUP_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Instance group ${p.id} could not be found.`),
  FLAVOR_UNCHANGED: entry("badRequest", false, () => "When resizing, instances must change flavor!"),
  EXTRA_SPEC_NOT_FOUND: entry(
    "notFound",
    false,
    (p: { id: string; key: string }) => `Flavor ${p.id} has no extra specs with key ${p.key}.`,
  ),
  FLAVOR_ACCESS_EXISTS: entry(
    "conflict",
    false,
    (p: { id: string; project: string }) => `Flavor access already exists for flavor ${p.id} and project ${p.project} combination.`,
  ),
  FLAVOR_ACCESS_NOT_FOUND: entry(
    "notFound",
    false,
    (p: { id: string; project: string }) => `Flavor access not found for ${p.id} / ${p.project} combination.`,
  ),
  FLAVOR_IS_PUBLIC: entry("conflict", false, () => "Can not add access to a public flavor."),
  FLAVOR_ACCESS_UNLISTED: entry("notFound", false, () => "Access list not available for public flavors."),
  IMAGE_EXISTS: entry(
    "conflict",
    false,
    (p: { id: string }) => `Cannot create image ${p.id}: another image has that id. Leave the id out.`,
  ),
  IMAGE_PROTECTED: entry(
    "forbidden",
    false,
    (p: { id: string }) => `Image ${p.id} is protected and cannot be deleted. Set protected to false first.`,
  ),
  IMAGE_FIXED: entry("forbidden", false, (p: { attribute: string }) => `Attribute '${p.attribute}' is read-only.`),
  IMAGE_TAG_NOT_FOUND: entry("notFound", false, (p: { id: string; tag: string }) => `Image ${p.id} has no tag ${p.tag}.`),
  IMAGE_ELSEWHERE: entry(
    "conflict",
    false,
    (p: { id: string; host: string }) =>
      `Cannot download image ${p.id}: its content is a file of host ${p.host}, and ferry's API reaches no hosts. Copy the file from there.`,
  ),
  IMAGE_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Image ${p.id} could not be found.`),
  IMAGE_REFUSED: entry(
    "badRequest",
    false,
    (p: { image: string; reason: string; remedy: string }) => `Cannot use image ${p.image}: ${p.reason}. ${p.remedy}.`,
  ),
  IMAGE_WRONG_STATE: entry(
    "conflict",
    true,
    (p: { action: string; id: string; status: string; wanted: string }) =>
      `Cannot ${p.action} image ${p.id}: its status is ${p.status}, must be ${p.wanted}.`,
  ),
  IMAGE_IN_USE: entry(
    "conflict",
    true,
    (p: { id: string; servers: number }) =>
      `Cannot delete image ${p.id}: ${p.servers} servers are being made of it. Wait until that has ended.`,
  ),
  IMAGE_CHANGED: entry(
    "conflict",
    false,
    (p: { image: string; host: string; reason: string }) =>
      `Cannot bring image ${p.image} to host ${p.host}: ${p.reason}. Bring its old content back, or make an image of the new one.`,
  ),
  BASE_SPOILT: entry(
    "conflict",
    false,
    (p: { image: string; host: string; path: string }) =>
      `Cannot use image ${p.image} on host ${p.host}: the file ${p.path} there has other content. Remove it, if no server stands on it.`,
  ),
  BUILD_REFUSED: entry(
    "conflict",
    true,
    (p: { id: string; host: string; reason: string }) => `Cannot build instance ${p.id} on host ${p.host}: ${p.reason}.`,
  ),
  REBUILD_REFUSED: entry(
    "conflict",
    false,
    (p: { id: string; host: string; reason: string }) => `Cannot 'rebuild' instance ${p.id} on host ${p.host}: ${p.reason}.`,
  ),
  CONFIG_DRIVE_FAILED: entry(
    "internal",
    false,
    (p: { id: string; program: string }) =>
      `Cannot make the config drive of instance ${p.id}: ${p.program} did not do it. Install it where ferry's workers run, or name another one in FERRY_MKISOFS.`,
  ),

  // security groups
  SECURITY_GROUP_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Security group ${p.id} not found.`),
  SECURITY_GROUP_RULE_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Security group rule ${p.id} not found.`),
  SECURITY_GROUP_EXISTS: entry("badRequest", false, (p: { name: string }) => `Security group ${p.name} already exists.`),
  SECURITY_GROUP_IN_USE: entry(
    "badRequest",
    false,
    (p: { id: string; server: string }) =>
      `Security group ${p.id} is still in use by server ${p.server}. Remove it from its servers first.`,
  ),
  SECURITY_GROUP_SYSTEM: entry("badRequest", false, (p: { action: string }) => `Unable to ${p.action} system group 'default'`),
  SECURITY_GROUP_RULE_EXISTS: entry("badRequest", false, (p: { group: string }) => `This rule already exists in group ${p.group}`),
  SECURITY_GROUP_ASSOCIATED: entry(
    "badRequest",
    false,
    (p: { group: string; id: string }) => `Security group ${p.group} is already associated with the instance ${p.id}`,
  ),
  SECURITY_GROUP_NOT_ASSOCIATED: entry(
    "badRequest",
    false,
    (p: { group: string; id: string }) => `Security group ${p.group} is not associated with the instance ${p.id}`,
  ),
  SERVER_UNGUARDABLE: entry(
    "conflict",
    false,
    (p: { id: string; reason: string }) =>
      `Cannot guard instance ${p.id} by security groups: ${p.reason}. Plug its cards into bridges or libvirt networks, without a network filter of their own.`,
  ),
  HOST_FIREWALL_BLIND: entry(
    "conflict",
    true,
    (p: { host: string }) =>
      `Cannot put security group rules in force on host ${p.host}: its IP firewall does not see what its bridges carry. Switch that on there: sysctl net.bridge.bridge-nf-call-iptables=1, and for good in /etc/sysctl.d.`,
  ),
  FIREWALL_FENCED: entry(
    "conflict",
    false,
    (p: { id: string }) => `Another worker has taken over the firewall of instance ${p.id}; this one stops.`,
  ),

  // hosts
  HOST_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Host ${p.id} could not be found.`),
  HOST_EXISTS: entry(
    "conflict",
    false,
    (p: { name: string }) => `Cannot add host ${p.name}: a host of that name or address exists already. Remove it first.`,
  ),
  HOST_IN_USE: entry(
    "conflict",
    true,
    (p: { name: string; reason: string }) => `Cannot remove host ${p.name}: ${p.reason}. Wait until its migrations have ended.`,
  ),
  HOST_UNREACHABLE: entry(
    "unavailable",
    true,
    (p: { host: string; address: string; problem: string }) =>
      `Cannot reach host ${p.host} at ${p.address}: ${p.problem}. Check its address and port, that sshd runs there, and that the network between ferry and the host is up.`,
  ),
  HOST_KEY_CHANGED: entry(
    "conflict",
    false,
    (p: { host: string; pinned: string; offered: string }) =>
      `Cannot work with host ${p.host}: it offers SSH host key ${p.offered}, pinned is ${p.pinned}. All work with it is stopped. If the host was reinstalled, remove it and add it again with the new key; otherwise somebody may be in between.`,
  ),
  HOST_LOGIN_REFUSED: entry(
    "unavailable",
    false,
    (p: { host: string; user: string; publicKey: string }) =>
      `Cannot log in to host ${p.host} as ${p.user}: the host refuses ferry's key. Add this line to ~${p.user}/.ssh/authorized_keys there: ${p.publicKey}`,
  ),
  LIBVIRT_UNAVAILABLE: entry(
    "unavailable",
    true,
    (p: { host: string; problem: string }) =>
      `Cannot talk to libvirt on host ${p.host}: ${p.problem}. Check that libvirtd (or virtqemud) runs there and that the login may use its socket.`,
  ),
  LIBVIRT_CALL_MISSING: entry(
    "notSupported",
    false,
    (p: { host: string; call: string; version: string }) =>
      `Cannot use libvirt on host ${p.host}: version ${p.version} lacks the call ${p.call}. Upgrade libvirt there to 6.8 or newer.`,
  ),
  HYPERVISOR_CALL_FAILED: entry(
    "internal",
    false,
    (p: { host: string; action: string; reason: string }) => `Cannot ${p.action} on host ${p.host}: libvirt answered: ${p.reason}`,
  ),
  HOST_ANSWERS: entry(
    "conflict",
    false,
    (p: { host: string; problem: string }) =>
      `Cannot fence host ${p.host}: it does not seem dead: ${p.problem}. Switch it off and make sure that it is off, then fence it.`,
  ),
  FENCE_OTHER_BOOT: entry(
    "conflict",
    false,
    (p: { host: string; given: string; known: string }) =>
      `Cannot fence host ${p.host} for boot ${p.given}: the last boot of it that ferry has seen is ${p.known}. Make sure that it is off now, then fence it for that boot.`,
  ),
  BOOT_UNKNOWN: entry(
    "conflict",
    false,
    (p: { host: string }) =>
      `Cannot fence host ${p.host}: ferry has never learned which boot of it ran, so it could not tell its return. Its sshd must offer SFTP.`,
  ),
  HOST_NOT_FENCED: entry(
    "conflict",
    false,
    (p: { host: string }) =>
      `Cannot evacuate from host ${p.host}: nothing proves that it is dead. Switch it off and make sure that it is off, then say so: ferry host fence ${p.host} --method manual --note HOW.`,
  ),
  FENCE_ENDED: entry(
    "conflict",
    false,
    (p: { host: string; reason: string }) =>
      `Cannot evacuate from host ${p.host}: it was fenced, but ${p.reason}. If it is dead again, make sure that it is off and fence it once more.`,
  ),
  SERVICE_IN_USE: entry("badRequest", false, (p: { host: string }) => `Compute service of ${p.host} is still in use.`),
  HOST_RETURNING: entry(
    "conflict",
    true,
    (p: { host: string; servers: string }) =>
      `Host ${p.host} is back, but it takes no part yet: the evacuation of ${p.servers} from it is not finished. That is waited for.`,
  ),
  HOST_RUNS_EVACUATED: entry(
    "conflict",
    true,
    (p: { host: string; servers: string }) =>
      `Host ${p.host} is back and takes no part: it runs ${p.servers}, which was evacuated from it and lives elsewhere. End it on ${p.host} (virsh destroy), compare its disks, then reset its state (ferry reset-state).`,
  ),
  SERVER_SPLIT: entry(
    "conflict",
    false,
    (p: { id: string; host: string; other: string }) =>
      `Instance ${p.id} was evacuated from ${p.host} to ${p.other}, and ${p.host} has come back and runs it too: both may have written to its disks. End it on ${p.host}, check its disks, then reset its state.`,
  ),
  TAKE_OVER_FAILED: entry(
    "conflict",
    true,
    (p: { reason: string }) =>
      `The server was not started at its new host: ${p.reason}. Nothing is left of it there; ask again when that is mended.`,
  ),
  EVACUATION_NEEDS_SHARED: entry(
    "badRequest",
    false,
    () =>
      "Cannot evacuate with onSharedStorage false: ferry evacuates servers whose disks another host sees, and rebuilds none from its image.",
  ),
  NO_DEFINITION_KEPT: entry(
    "conflict",
    false,
    (p: { id: string }) =>
      `Cannot evacuate instance ${p.id}: ferry has no persistent definition of it. Define it on another host by hand from a backup of its definition.`,
  ),
  SERVICE_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Service ${p.id} not found.`),
  SERVICE_HOST_NOT_FOUND: entry(
    "notFound",
    false,
    (p: { host: string; binary: string }) => `Could not find binary ${p.binary} on host ${p.host}.`,
  ),
  SERVICE_NOT_COMPUTE: entry(
    "badRequest",
    false,
    (p: { binary: string; host: string }) =>
      `Updating a ${p.binary} service is not supported. Only nova-compute services can be updated; this one is on ${p.host}.`,
  ),
  SERVICE_UNCHANGED: entry("badRequest", false, () => "No updates were requested. Fields 'status' or 'forced_down' should be specified."),
  SERVICE_REASON_WITHOUT_DISABLING: entry("badRequest", false, () => "Specifying 'disabled_reason' when status is 'enabled' is invalid."),
  // pools
  POOL_NOT_FOUND: entry("notFound", false, (p: { host: string; name: string }) => `Pool ${p.name} could not be found on host ${p.host}.`),
  POOL_EXISTS: entry(
    "conflict",
    false,
    (p: { host: string; name: string }) =>
      `Cannot define pool ${p.name} on host ${p.host}: another pool has that name there. Choose another name, or delete that pool first.`,
  ),
  POOL_KIND_UNSUPPORTED: entry(
    "conflict",
    false,
    (p: { host: string; name: string; kind: string }) =>
      `Cannot define pool ${p.name} on host ${p.host}: its libvirt has no backend for pools of kind ${p.kind}. Install libvirt's storage driver for ${p.kind} there (Debian: libvirt-daemon-driver-storage-${p.kind}) and restart libvirtd, then ask again.`,
  ),
  STORAGE_REFUSED: entry("conflict", false, (p: { sentence: string }) => p.sentence),
  POOL_IN_USE: entry(
    "conflict",
    true,
    (p: { action: string; host: string; name: string; user: string }) =>
      `Cannot ${p.action} pool ${p.name} on host ${p.host}: ${p.user} is in it. Move, detach or delete that first.`,
  ),
  // volumes
  VOLUME_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Volume ${p.id} could not be found.`),
  VOLUME_WRONG_STATE: entry(
    "badRequest",
    true,
    (p: { id: string; status: string; wanted: string }) =>
      `Invalid volume: volume '${p.id}' status must be ${p.wanted}. Currently in '${p.status}'`,
  ),
  VOLUME_NOT_ATTACHED: entry(
    "notFound",
    false,
    (p: { id: string; server: string }) => `Volume ${p.id} is not attached to instance ${p.server}.`,
  ),
  ATTACHMENT_FIXED: entry("badRequest", false, (p: { property: string }) => `The ${p.property} property is not mutable`),
  VOLUME_ELSEWHERE: entry(
    "badRequest",
    false,
    (p: { id: string; server: string }) =>
      `Cannot attach volume ${p.id} to instance ${p.server}: the instance is on another host, and no pool there has the volume. Migrate it to the volume's host, or define the volume's pool on its host if it is shared storage.`,
  ),
  VOLUME_BUSY: entry(
    "conflict",
    true,
    (p: { action: string; id: string; host: string; user: string }) =>
      `Cannot ${p.action} volume ${p.id}: on host ${p.host} ${p.user} uses it. Take it away from there first.`,
  ),
  VOLUME_KNOWN: entry(
    "conflict",
    false,
    (p: { name: string; pool: string; host: string; id: string }) =>
      `Cannot adopt ${p.name} in pool ${p.pool} of host ${p.host}: it is volume ${p.id} already.`,
  ),
  VOLUME_UNFIT: entry(
    "conflict",
    false,
    (p: { name: string; pool: string; host: string; reason: string }) =>
      `Cannot use ${p.name} in pool ${p.pool} of host ${p.host} as a volume: ${p.reason}.`,
  ),
  DEVICE_TAKEN: entry(
    "conflict",
    false,
    (p: { id: string; device: string }) =>
      `The supplied device path (${p.device}) is in use by instance ${p.id}, or no name is free there. Leave the device out, or detach something first.`,
  ),
  VOLUME_HELD: entry(
    "conflict",
    true,
    (p: { id: string; server: string; device: string; seconds: number }) =>
      `Cannot detach volume ${p.id}: instance ${p.server} has not let go of ${p.device} within ${p.seconds} s. Unmount it inside the guest, or stop the server, then ask again.`,
  ),
  WORKER_SILENT: entry(
    "unavailable",
    true,
    (p: { seconds: number }) =>
      `No worker answered within ${p.seconds} s. Check that a ferry worker runs and reaches the database and the queue.`,
  ),

  // engine and migration
  STEP_FENCED: entry(
    "conflict",
    false,
    (p: { migration: string }) => `Another worker has taken over migration ${p.migration}; this one stops.`,
  ),
  CAPACITY_SHORT: entry(
    "conflict",
    true,
    (p: { host: string; needMiB: number; freeMiB: number }) =>
      `Cannot claim ${p.needMiB} MiB of memory on host ${p.host}: ${p.freeMiB} MiB are free. Free memory there or choose another host.`,
  ),
  DESTINATION_OCCUPIED: entry(
    "conflict",
    false,
    (p: { host: string; thing: string }) =>
      `Cannot prepare host ${p.host}: ${p.thing} exists there and was not made by this migration. Move or remove it first.`,
  ),
  TRANSFER_FAILED: entry(
    "internal",
    true,
    (p: { reason: string }) => `The transfer failed before the handover: ${p.reason}. The server runs on at its source host.`,
  ),
  ABORTED: entry("conflict", false, () => "The migration was aborted on request; the server runs on at its source host."),
  SOURCE_DISK_GONE: entry(
    "conflict",
    true,
    (p: { host: string; path: string }) =>
      `Cannot revert the migration: the disk ${p.path} that the server left on host ${p.host} is gone. Bring the file back, and ferry goes on; the server is left running where it is.`,
  ),
  GUEST_ENDED: entry(
    "conflict",
    false,
    (p: { host: string }) => `The server was stopped at its source host ${p.host} while it was being moved; it stays there.`,
  ),
  WHEREABOUTS_UNKNOWN: entry(
    "unavailable",
    true,
    (p: { reason: string }) =>
      `It is not known yet on which host the server runs: ${p.reason}. Nothing is started or deleted until both hosts were asked again; bring the silent host back, or fence it.`,
  ),
  COMPUTE_SERVICE_DOWN: entry("badRequest", true, (p: { host: string }) => `Compute service of ${p.host} is unavailable at this time.`),
  UPTIME_UNKNOWN: entry(
    "notSupported",
    false,
    (p: { host: string }) =>
      `Host ${p.host} does not tell how long it has been up. Its sshd must offer SFTP, and its kernel /proc/loadavg.`,
  ),
  HOST_POWER_UNSUPPORTED: entry(
    "notSupported",
    false,
    () => "ferry does not switch hosts or their maintenance. Disable the service of the host instead, with os-services.",
  ),
  RESOURCE_RETIRED: entry("gone", false, () => "This resource is no longer available. No forwarding address is given."),
  SERVICE_HOSTS_SERVERS: entry(
    "conflict",
    false,
    () => "Unable to delete compute service that is hosting instances. Migrate or delete the instances first.",
  ),
  COMPUTE_HOST_UNKNOWN: entry("notFound", false, (p: { host: string }) => `Compute host ${p.host} could not be found.`),
  AGGREGATE_NOT_FOUND: entry("notFound", false, (p: { id: string | number }) => `Aggregate ${p.id} could not be found.`),
  AGGREGATE_EXISTS: entry("conflict", false, (p: { name: string }) => `Aggregate ${p.name} already exists.`),
  AGGREGATE_NOT_EMPTY: entry(
    "badRequest",
    false,
    (p: { id: number }) => `Cannot remove aggregate ${p.id}. Reason: not empty. Remove its hosts from it first.`,
  ),
  AGGREGATE_HOST_EXISTS: entry("conflict", false, (p: { id: number; host: string }) => `Aggregate ${p.id} already has host ${p.host}.`),
  AGGREGATE_HOST_NOT_FOUND: entry("notFound", false, (p: { id: number; host: string }) => `Aggregate ${p.id} has no host ${p.host}.`),
  AGGREGATE_ZONES: entry(
    "conflict",
    false,
    (p: { id: number; host: string; zones: string }) =>
      `Cannot change aggregate ${p.id}: host ${p.host} would be in the zones ${p.zones}, must be in one. Remove it from the other aggregate first.`,
  ),
  QUOTA_USED_UP: entry("forbidden", true, (p: { what: string }) => `Quota exceeded, too many ${p.what}.`),
  QUOTA_EXCEEDED: entry(
    "forbidden",
    true,
    (p: { resource: string; asked: number; used: number; limit: number }) =>
      `Quota exceeded for ${p.resource}: Requested ${p.asked}, but already used ${p.used} of ${p.limit} ${p.resource}`,
  ),
  QUOTA_BELOW_USE: entry(
    "badRequest",
    false,
    (p: { resource: string; limit: number; used: number }) =>
      `Cannot set the quota of ${p.resource} to ${p.limit}: the project uses ${p.used}. Set at least that, -1 for no limit, or force it.`,
  ),
  QUOTA_FIXED: entry(
    "badRequest",
    false,
    (p: { resource: string; limit: number }) =>
      `Cannot set the quota of ${p.resource}: ferry keeps no limit of it that could be changed; it is always ${p.limit}.`,
  ),
  QUOTA_OF_USER: entry(
    "badRequest",
    false,
    (p: { id: string }) => `Cannot set quotas of user ${p.id}: ferry has quotas of projects only. Leave user_id out.`,
  ),
  QUOTA_CLASS_NOT_FOUND: entry("notFound", false, (p: { id: string }) => `Quota class ${p.id} could not be found: there is one, default.`),
  PROJECT_UNKNOWN: entry("badRequest", false, (p: { id: string }) => `Project ID ${p.id} is not a valid project.`),
  INTERNAL: entry("internal", false, () => "Unexpected API Error. The request id in the answer's headers finds the reason in ferry's log."),
} as const satisfies Record<string, CatalogueEntry<never>>;

export type ErrorCode = keyof typeof catalogue;
type ParamsOf<C extends ErrorCode> = Parameters<(typeof catalogue)[C]["sentence"]>[0];

/** An error from the catalogue. `message` is the public sentence; `cause` is for the log only. */
export class FerryError extends Error {
  override readonly name = "FerryError";
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  /** Of an error of kind tooMany: when the same request may be repeated. */
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, sentence: string, options?: { cause?: unknown; retryAfterSeconds?: number | null }) {
    super(sentence, options);
    this.retryAfterSeconds = options?.retryAfterSeconds ?? null;
    this.code = code;
    this.kind = catalogue[code].kind;
    this.retryable = catalogue[code].retryable;
  }
}

/** Builds the error of that code: `throw fail("SERVER_NOT_FOUND", { id })`. */
export function fail<C extends ErrorCode>(
  code: C,
  ...rest: ParamsOf<C> extends undefined ? [params?: Record<string, never>, cause?: unknown] : [params: ParamsOf<C>, cause?: unknown]
): FerryError {
  const [params, cause] = rest;
  const sentence = (catalogue[code].sentence as (p: unknown) => string)(params ?? {});
  const seconds = catalogue[code].kind === "tooMany" ? (params as { seconds?: number } | undefined)?.seconds : undefined;
  return new FerryError(code, sentence, { ...(cause === undefined ? {} : { cause }), retryAfterSeconds: seconds ?? null });
}

export const isFerryError = (error: unknown): error is FerryError => error instanceof FerryError;
export const hasCode = (error: unknown, ...codes: ErrorCode[]): boolean => error instanceof FerryError && codes.includes(error.code);
