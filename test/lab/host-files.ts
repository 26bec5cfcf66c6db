/** Configuration texts of a lab host, each a whole file. */

/** libvirtd.conf: a host UUID of its own (equal ones make libvirt refuse a migration as "same host"), sockets for root, plain TCP. */
export function libvirtdConf(uuid: string, address: string): string {
  return lines(
    `host_uuid = "${uuid}"`,
    'auth_unix_ro = "none"',
    'auth_unix_rw = "none"',
    "listen_tls = 0",
    "listen_tcp = 1",
    `listen_addr = "${address}"`,
    'auth_tcp = "none"',
    'log_outputs = "3:file:/var/log/libvirt/libvirtd.log"',
  );
}

/** qemu.conf: everything as root, without the confinement that needs systemd, cgroups or a device namespace. */
export function qemuConf(): string {
  return lines(
    'user = "root"',
    'group = "root"',
    'security_driver = "none"',
    "cgroup_controllers = [ ]",
    "namespaces = [ ]",
    "remember_owner = 0",
    'stdio_handler = "file"',
  );
}

/** sshd_config: keys only, SFTP inside sshd, everything else at its default. */
export function sshdConfig(address: string): string {
  return lines(
    `ListenAddress ${address}:22`,
    "HostKey /etc/ssh/ssh_host_ed25519_key",
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "UsePAM no",
    "UseDNS no",
    "PidFile /run/sshd.pid",
    "Subsystem sftp internal-sftp",
  );
}

/** /etc/hosts, shared by all hosts of a lab: libvirt resolves the other host's name for the disk stream. */
export function hostsFile(hosts: readonly { name: string; address: string }[]): string {
  return lines("127.0.0.1 localhost", ...hosts.map(({ name, address }) => `${address} ${name}`));
}

/** ssh_config for people: `ssh -F DIR/ssh/config compute1`. */
export function sshClientConfig(dir: string, hosts: readonly { name: string; address: string }[]): string {
  const common = ["  User root", `  IdentityFile ${dir}/ssh/id_ed25519`, `  UserKnownHostsFile ${dir}/ssh/known_hosts`];
  return lines(...hosts.flatMap(({ name, address }) => [`Host ${name} ${address}`, `  HostName ${address}`, ...common]));
}

/** The directory pool `default`. */
export function defaultPoolXml(): string {
  return "<pool type='dir'><name>default</name><target><path>/var/lib/libvirt/images</path></target></pool>";
}

/** The network `lab`: guests that name it are put on the same bridge as those that name br0. */
export function labNetworkXml(): string {
  return "<network><name>lab</name><forward mode='bridge'/><bridge name='br0'/></network>";
}

function lines(...parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}
