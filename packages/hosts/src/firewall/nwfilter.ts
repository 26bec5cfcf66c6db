import { type FilterDocument, type Firewall, fail, type HostAddress } from "@ferry/core";
import { isNoSuchFile, isNotFound, isOperationInvalid, type LibvirtConnection } from "@ferry/libvirt";
import { buildNwfilter, parseNwfilter } from "@ferry/libvirt-xml";
import type { HostLink } from "../link/host-link.ts";
import { guardGuest } from "./guard-guest.ts";

const BRIDGE_SETTING = "/proc/sys/net/bridge/bridge-nf-call-iptables";

/** The firewall port of one host: libvirt's network filters. */
export function libvirtFirewall(link: HostLink): Firewall {
  return {
    filter: (name) => link.ask(`read filter ${name}`, (connection) => readFilter(connection, name)),
    define: (filter) => link.act(`define filter ${filter.name}`, (connection) => defineFilter(connection, filter, link.address)),
    seesBridgedTraffic: () => link.translated("look at the bridge's settings", () => seesBridgedTraffic(link)),
    guard: async (guest, filter, addresses) => {
      const act = `guard guest ${guest} by filter ${filter}`;
      const answer = await link.act(act, (connection) => guardGuest(connection, guest, { filter, addresses }));
      return answer ?? "absent";
    },
    remove: (uuid) => link.act(`remove filter ${uuid}`, (connection) => removeFilter(connection, uuid)),
  };
}

async function readFilter(connection: LibvirtConnection, name: string): Promise<FilterDocument | null> {
  try {
    const { nwfilter } = await connection.call("nwfilterLookupByName", { name });
    const { xml } = await connection.call("nwfilterGetXmlDesc", { nwfilter, flags: 0 });
    return parseNwfilter(xml);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

async function defineFilter(
  connection: LibvirtConnection,
  filter: { name: string; uuid: string; rulesXml: string },
  host: HostAddress,
): Promise<void> {
  const present = await readFilter(connection, filter.name);
  if (present && present.uuid !== filter.uuid) throw fail("DESTINATION_OCCUPIED", { host: host.name, thing: `nwfilter ${filter.name}` });
  await connection.call("nwfilterDefineXml", { xml: buildNwfilter(filter) });
}

async function seesBridgedTraffic(link: HostLink): Promise<boolean | null> {
  const { files } = await link.session();
  try {
    return (await files.readFile(BRIDGE_SETTING)).toString("latin1").trim() !== "0";
  } catch (error) {
    if (isNoSuchFile(error)) return null;
    throw error;
  }
}

/** libvirt itself keeps only what a running guest uses; a filter that others refer to it would take away from under them. */
async function removeFilter(connection: LibvirtConnection, uuid: string): Promise<"removed" | "kept" | "absent"> {
  try {
    const { nwfilter } = await connection.call("nwfilterLookupByUuid", { uuid });
    if (await isReferredTo(connection, nwfilter.name)) return "kept";
    await connection.call("nwfilterUndefine", { nwfilter });
    return "removed";
  } catch (error) {
    if (isNotFound(error)) return "absent";
    if (isOperationInvalid(error)) return "kept";
    throw error;
  }
}

async function isReferredTo(connection: LibvirtConnection, name: string): Promise<boolean> {
  const { filters } = await connection.call("connectListAllNwfilters", { needResults: 1, flags: 0 });
  const documents = await Promise.all(filters.map((filter) => readFilter(connection, filter.name)));
  return documents.some((document) => document?.references.includes(name));
}
