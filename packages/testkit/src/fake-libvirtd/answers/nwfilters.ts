import { randomUUID } from "node:crypto";
import type { FakeHost, FakeNwfilter } from "../host.ts";
import { Refusal } from "../refusal.ts";
import { append, attributeAt, childrenOf, find, parseRoot, serialize, textAt } from "../xml.ts";
import { type Answers, counted, onlyFlags } from "./answer.ts";

/** Network filters. */
export const nwfilterAnswers = (host: FakeHost): Answers => ({
  connectListAllNwfilters: ({ needResults, flags }) => {
    onlyFlags("connectListAllNwfilters", flags);
    const { items, ret } = counted([...host.nwfilters.values()].map(handleOf), needResults);
    return { filters: items, ret };
  },
  nwfilterLookupByName: ({ name }) => {
    const filter = host.nwfilters.get(name);
    if (!filter) throw missing(`no nwfilter with matching name '${name}'`);
    return { nwfilter: handleOf(filter) };
  },
  nwfilterLookupByUuid: ({ uuid }) => ({ nwfilter: handleOf(filterOf(host, { uuid })) }),
  nwfilterGetXmlDesc: ({ nwfilter }) => ({ xml: filterOf(host, nwfilter).xml }),
  nwfilterDefineXml: ({ xml }) => ({ nwfilter: handleOf(define(host, xml)) }),
  nwfilterUndefine: ({ nwfilter }) => undefine(host, filterOf(host, nwfilter)),
  connectListAllNwfilterBindings: ({ needResults }) => {
    const { items, ret } = counted(bindings(host), needResults);
    return { bindings: items, ret };
  },
});

const handleOf = ({ name, uuid }: FakeNwfilter): { name: string; uuid: string } => ({ name, uuid });
const missing = (detail: string): Refusal => new Refusal("noNwfilter", `Network filter not found: ${detail}`, "domain");

function filterOf(host: FakeHost, { uuid }: { readonly uuid: string }): FakeNwfilter {
  const filter = [...host.nwfilters.values()].find((one) => one.uuid === uuid);
  if (!filter) throw missing(`no nwfilter with matching uuid '${uuid}'`);
  return filter;
}

/** A name keeps its uuid for ever and a uuid its name: libvirt refuses the rest with error 9. What a filter refers to may be missing until a running guest needs it. */
function define(host: FakeHost, xml: string): FakeNwfilter {
  const root = parseRoot(xml, "filter");
  const name = attributeAt(root, "name") ?? "";
  const uuid = textAt(root, "uuid") ?? randomUUID();
  if (!find(root, "uuid")) append(root, "uuid", {}, uuid);
  const sameName = host.nwfilters.get(name);
  if (sameName && sameName.uuid !== uuid)
    throw new Refusal("operationFailed", `filter '${name}' already exists with uuid ${sameName.uuid}`);
  const sameUuid = [...host.nwfilters.values()].find((one) => one.uuid === uuid);
  if (sameUuid && sameUuid.name !== name)
    throw new Refusal("operationFailed", `filter with same UUID but different name ('${sameUuid.name}') already exists`);
  const absent = referencesOf(root).find((reference) => !host.nwfilters.has(reference));
  if (absent !== undefined && isInForce(host, name)) throw new Refusal("internalError", `referenced filter '${absent}' is missing`);
  const filter = { name, uuid, xml: serialize(root) };
  host.nwfilters.set(name, filter);
  return filter;
}

const referencesOf = (root: ReturnType<typeof parseRoot>): string[] =>
  childrenOf(root, "filterref").flatMap((reference) => attributeAt(reference, "filter") ?? []);

/** Refused while a running guest's rules are made of it. That other filters refer to it does not matter to libvirt. */
function undefine(host: FakeHost, filter: FakeNwfilter): Record<string, never> {
  if (isInForce(host, filter.name)) throw new Refusal("operationInvalid", "Requested operation is not valid: nwfilter is in use");
  for (const other of host.nwfilters.values())
    if (referencesOf(parseRoot(other.xml, "filter")).includes(filter.name))
      host.datacentre.journal.violation(`filter ${filter.name} was removed on ${host.name} although ${other.name} refers to it`);
  host.nwfilters.delete(filter.name);
  host.datacentre.journal.note(host.name, "nwfilter-removed", filter.name);
  return {};
}

/** Whether a running guest's rules are made of it. */
const isInForce = (host: FakeHost, name: string): boolean =>
  bindings(host).some((binding) => withReferences(host, binding.filterName).has(name));

/** The filter and all that it refers to, directly or not. */
function withReferences(host: FakeHost, name: string, seen: Set<string> = new Set()): Set<string> {
  const filter = host.nwfilters.get(name);
  if (!filter || seen.has(name)) return seen;
  seen.add(name);
  for (const reference of referencesOf(parseRoot(filter.xml, "filter"))) withReferences(host, reference, seen);
  return seen;
}

/** One binding for each filtered interface of each guest that has a process. */
function bindings(host: FakeHost): { portDev: string; filterName: string }[] {
  return [...host.domains.values()].flatMap((domain) =>
    (domain.emulator?.definition.filters ?? []).map((filterName, index) => ({
      portDev: `vnet${domain.emulator?.id}-${index}`,
      filterName,
    })),
  );
}
