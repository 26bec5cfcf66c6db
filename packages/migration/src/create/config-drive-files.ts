import type { BuildTask, ConfigDriveOrder } from "@ferry/core";

/**
 * Pure: what OpenStack's config drive holds, as cloud-init reads it. Source: Nova's metadata format, `openstack/latest`; cards are told by their MAC
 * addresses and get theirs by DHCP.
 */
export function configDriveFiles(task: Omit<BuildTask, "order">, order: ConfigDriveOrder): Record<string, Uint8Array> {
  const userData = order.userData === null ? {} : { "openstack/latest/user_data": Buffer.from(order.userData, "base64") };
  return {
    "openstack/latest/meta_data.json": json({
      uuid: task.serverId,
      name: task.name,
      hostname: order.hostname,
      availability_zone: order.zone,
      launch_index: order.launchIndex,
      project_id: task.projectId,
      admin_pass: order.adminPass,
      meta: task.metadata,
      ...keysOf(order),
      ...(order.files.length === 0 ? {} : { files: order.files.map(({ path }, index) => ({ path, content_path: contentPath(index) })) }),
    }),
    "openstack/latest/network_data.json": json(networkData(task)),
    ...userData,
    ...Object.fromEntries(order.files.map(({ contents }, index) => [`openstack${contentPath(index)}`, Buffer.from(contents, "base64")])),
  };
}

/** `public_keys` is what cloud-init reads; `keys` tells the type, too. */
const keysOf = ({ key }: ConfigDriveOrder) =>
  key === null ? {} : { public_keys: { [key.name]: key.publicKey }, keys: [{ name: key.name, type: key.type, data: key.publicKey }] };

const contentPath = (index: number): string => `/content/${String(index).padStart(4, "0")}`;

const networkData = ({ nics }: Pick<BuildTask, "nics">) => ({
  links: nics.map(({ mac }, index) => ({ id: `link${index}`, type: "phy", ethernet_mac_address: mac, mtu: null, vif_id: null })),
  networks: nics.map(({ network }, index) => ({ id: `network${index}`, type: "ipv4_dhcp", link: `link${index}`, network_id: network })),
  services: [],
});

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
