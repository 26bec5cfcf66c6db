import { affectFlags } from "@ferry/libvirt";
import type { FakeHost } from "../host.ts";
import { Refusal, Surprise } from "../refusal.ts";
import { attributeAt, childrenOf, find, parseRoot, serialize } from "../xml.ts";
import { type Answers, onlyFlags } from "./answer.ts";
import { domainOf } from "./domains.ts";

/** Changing a guest's network cards while it is there. Of a card only the network filter may change. */
export const networkCardAnswers = (host: FakeHost): Answers => ({
  domainUpdateDeviceFlags: ({ dom, xml, flags }) => {
    onlyFlags("domainUpdateDeviceFlags", flags, affectFlags.live, affectFlags.config);
    const domain = domainOf(host, dom);
    if (domain.job) throw new Refusal("operationTimeout", "Timed out during operation: cannot acquire state change lock");
    const filter = attributeAt(find(parseRoot(xml, "interface"), "filterref"), "filter");
    if (filter !== undefined && flags & affectFlags.live && !host.nwfilters.has(filter))
      throw new Refusal("internalError", `referenced filter '${filter}' is missing`);
    if (flags & affectFlags.config) {
      if (domain.persistentXml === null) throw new Refusal("operationInvalid", "transient domains do not have any persistent config");
      domain.persistentXml = withCard(domain.persistentXml, xml);
    }
    if (flags & affectFlags.live) domain.running().replug(withCard(domain.running().xml, xml));
    host.datacentre.journal.note(host.name, "card-updated", domain.uuid);
    return {};
  },
});

const isFilter = (name: string): boolean => name === "filterref";

/** The domain with the card of that MAC address replaced. */
function withCard(domainXml: string, cardXml: string): string {
  const [domain, card] = [parseRoot(domainXml, "domain"), parseRoot(cardXml, "interface")];
  const mac = attributeAt(find(card, "mac"), "address");
  const devices = find(domain, "devices");
  const present = childrenOf(devices, "interface").find((one) => attributeAt(find(one, "mac"), "address") === mac);
  const document = domain.ownerDocument;
  if (!devices || !present || !document) throw new Refusal("operationFailed", `no device matching MAC address ${mac} found`);
  if (restOf(present) !== restOf(card)) throw new Surprise(`a change of card ${mac} besides its filter`);
  devices.replaceChild(document.importNode(card, true), present);
  return serialize(domain);
}

/** All of the card but its filter. */
const restOf = (card: ReturnType<typeof parseRoot>): string =>
  childrenOf(card)
    .filter((child) => !isFilter(child.nodeName))
    .map((child) => serialize(child))
    .sort()
    .join("");
