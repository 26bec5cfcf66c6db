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
      availability_zone: "nova",
      launch_index: 0,
      project_id: task.projectId,
      admin_pass: order.adminPass,
      meta: task.metadata,
    }),
    "openstack/latest/network_data.json": json(networkData(task)),
    ...userData,
  };
}

const networkData = ({ nics }: Pick<BuildTask, "nics">) => ({
  links: nics.map(({ mac }, index) => ({ id: `link${index}`, type: "phy", ethernet_mac_address: mac, mtu: null, vif_id: null })),
  networks: nics.map(({ network }, index) => ({ id: `network${index}`, type: "ipv4_dhcp", link: `link${index}`, network_id: network })),
  services: [],
});

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
