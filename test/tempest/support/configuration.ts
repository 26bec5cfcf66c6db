import type { Account } from "../../clients/support/world.ts";

/** What of one run's ferry Tempest must be told. */
export interface Subject {
  /** Of ferry's API, without a path. */
  readonly url: string;
  /** A directory of the run's own. */
  readonly directory: string;
  readonly imageIds: readonly [string, string];
  readonly flavorIds: readonly [string, string];
  readonly maxMicroversion: string;
  readonly hosts: number;
}

type Settings = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

/** The text of tempest.conf: sections with one `name = value` a line. */
export function tempestConf(subject: Subject): string {
  const sections = Object.entries(settings(subject)).map(([name, values]) => {
    const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`.trimEnd());
    return [`[${name}]`, ...lines, ""].join("\n");
  });
  return sections.join("\n");
}

const settings = (subject: Subject): Settings => ({
  DEFAULT: { log_dir: subject.directory, log_file: "tempest.log", use_stderr: false },
  oslo_concurrency: { lock_path: `${subject.directory}/locks` },
  ...identitySettings(subject),
  ...serviceSettings,
  compute: computeSettings(subject),
  "compute-feature-enabled": computeFeatures,
});

const identitySettings = ({ url, directory }: Subject): Settings => ({
  auth: { use_dynamic_credentials: false, test_accounts_file: `${directory}/accounts.yaml`, create_isolated_networks: false },
  identity: { auth_version: "v3", uri_v3: `${url}/identity/v3`, region: "RegionOne", v3_endpoint_type: "publicURL" },
  "identity-feature-enabled": { api_v2: false, api_v3: true },
});

/** Without a network service nobody can log in to a guest, so Tempest shall not try (`fixed` keeps it from asking for floating addresses). */
const serviceSettings: Settings = {
  service_available: { nova: true, glance: true, neutron: false, cinder: false, swift: false },
  validation: { run_validation: false, connect_method: "fixed", security_group: false, security_group_rules: false },
  "network-feature-enabled": { api_extensions: "", port_security: false, floating_ips: false },
  "image-feature-enabled": { api_v1: false, api_v2: true },
};

const computeSettings = ({ imageIds, flavorIds, hosts, maxMicroversion }: Subject): Settings[string] => ({
  image_ref: imageIds[0],
  image_ref_alt: imageIds[1],
  flavor_ref: flavorIds[0],
  flavor_ref_alt: flavorIds[1],
  min_compute_nodes: hosts,
  max_microversion: maxMicroversion,
  hypervisor_type: "QEMU",
  build_interval: 1,
  build_timeout: 120,
});

/** What ferry has; Tempest takes most things for granted that are not denied. */
const computeFeatures: Settings[string] = {
  ...asked(true, ["live_migration", "block_migration_for_live_migration", "live_migrate_back_and_forth", "can_migrate_between_any_hosts"]),
  ...asked(true, ["cold_migration", "resize", "pause", "suspend", "config_drive", "disk_config", "enable_instance_password"]),
  ...asked(false, ["volume_backed_live_migration", "block_migrate_cinder_iscsi", "shelve", "rescue", "snapshot", "change_password"]),
  ...asked(false, ["vnc_console", "serial_console", "spice_console", "console_output", "metadata_service", "personality"]),
  ...asked(false, ["interface_attach", "attach_encrypted_volume", "swap_volume"]),
  scheduler_enabled_filters: "ComputeFilter,SameHostFilter,DifferentHostFilter,ServerGroupAffinityFilter,ServerGroupAntiAffinityFilter",
};

function asked(value: boolean, names: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

/** The text of accounts.yaml, written as JSON, which is YAML: the first account is the administrator's. */
export function accountsYaml([admin, ...members]: readonly [Account, ...Account[]]): string {
  const entry = ({ user, project, password }: Account, roles: readonly string[]) => ({
    ...{ username: user, password, project_name: project, user_domain_name: "Default", project_domain_name: "Default" },
    ...{ roles, types: roles.filter((role) => role === "admin") },
  });
  return JSON.stringify([entry(admin, ["admin"]), ...members.map((account) => entry(account, ["member"]))], null, 2);
}
