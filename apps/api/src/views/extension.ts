type View = Record<string, unknown>;

/** Nova's former optional parts that are served here: alias, name, what it is for. */
const served: readonly (readonly [alias: string, name: string, description: string])[] = [
  ["extensions", "Extensions", "Which parts of the API there are."],
  ["flavors", "Flavors", "What servers are cut to."],
  ["limits", "Limits", "What a project may have."],
  ["os-admin-actions", "AdminActions", "Administrators may reset the state of a server."],
  ["os-aggregates", "Aggregates", "Groups of hosts."],
  ["os-availability-zone", "AvailabilityZone", "Zones of hosts, and servers made in one."],
  ["os-config-drive", "ConfigDrive", "Servers may be given a disk with their data."],
  ["os-console-output", "ConsoleOutput", "What a server has written to its console."],
  ["os-consoles", "Consoles", "Ways to the console of a server."],
  ["os-evacuate", "Evacuate", "Servers of a dead host are started elsewhere."],
  ["os-extended-availability-zone", "ExtendedAvailabilityZone", "Servers show their zone."],
  ["os-extended-server-attributes", "ExtendedServerAttributes", "Servers show administrators their host."],
  ["os-extended-status", "ExtendedStatus", "Servers show task, state and power."],
  ["os-extended-volumes", "ExtendedVolumes", "Servers show their volumes."],
  ["os-flavor-access", "FlavorAccess", "Flavors of some projects only."],
  ["os-flavor-extra-specs", "FlavorExtraSpecs", "Flavors have further properties."],
  ["os-flavor-manage", "FlavorManage", "Administrators make and delete flavors."],
  ["os-hosts", "Hosts", "Hosts and what they have."],
  ["os-hypervisors", "Hypervisors", "Hypervisors and what they have."],
  ["os-instance-actions", "InstanceActions", "What was asked of a server."],
  ["os-keypairs", "Keypairs", "SSH keys of users."],
  ["os-lock-server", "LockServer", "Servers may be locked."],
  ["os-migrate-server", "MigrateServer", "Servers may be moved to another host."],
  ["os-migrations", "Migrations", "Moves of servers."],
  ["os-multiple-create", "MultipleCreate", "Several servers in one request."],
  ["os-pause-server", "PauseServer", "Servers may be paused."],
  ["os-quota-class-sets", "QuotaClasses", "Quotas of all projects."],
  ["os-quota-sets", "Quotas", "Quotas of a project."],
  ["os-security-groups", "SecurityGroups", "What is let in to servers."],
  ["os-server-diagnostics", "ServerDiagnostics", "What a server does with its processors, disks and cards."],
  ["os-server-groups", "ServerGroups", "Servers that share a host, or do not."],
  ["os-server-usage", "ServerUsage", "Servers show when they were launched and deleted."],
  ["os-services", "Services", "Services, which may be disabled."],
  ["os-simple-tenant-usage", "SimpleTenantUsage", "Hours of the servers of projects."],
  ["os-suspend-server", "SuspendServer", "Servers may be suspended."],
  ["os-user-data", "UserData", "Servers may be given data."],
  ["os-volumes", "Volumes", "Volumes may be attached to servers."],
  ["server-metadata", "ServerMetadata", "Servers have metadata."],
  ["servers", "Servers", "Guests of the hosts."],
];

/** They have not changed for long: Nova too gives one date for all. */
const updated = "2014-12-03T00:00:00Z";

const view = ([alias, name, description]: (typeof served)[number]): View => ({
  alias,
  name,
  description,
  namespace: "http://docs.openstack.org/compute/ext/fake_xml",
  links: [],
  updated,
});

export const extensionViews = (): View[] => served.map(view);

/** Null for an alias that is none. */
export function extensionOf(wanted: string): View | null {
  const found = served.find(([alias]) => alias === wanted);
  return found === undefined ? null : view(found);
}
