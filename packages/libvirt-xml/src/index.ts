export { type Capabilities, parseCapabilities } from "./capabilities.ts";
export { type CpuDocument, isComparableCpu, parseCpu } from "./cpu.ts";
export { destinationDomain } from "./destination-domain.ts";
export { type DestinationMapping, type DiskMapping, type DiskPlace, type InterfacePlace, sameEverywhere } from "./destination-mapping.ts";
export { type DomainCapabilities, parseDomainCapabilities } from "./domain-capabilities.ts";
export type { Immovable } from "./immovable.ts";
export { type NetworkDocument, parseNetwork } from "./network.ts";
export { buildNwfilter, type NwfilterDocument, parseNwfilter } from "./nwfilter.ts";
export { parseDomain } from "./parse-domain.ts";
export { type PoolDocument, parsePool } from "./pool.ts";
export { parsePoolKinds } from "./pool-capabilities.ts";
export { buildPool, parsePoolSource } from "./pool-source.ts";
export {
  baseFilterName,
  groupFilter,
  groupFilterName,
  isSecurityFilter,
  type NewFilter,
  securityFilters,
  serverFilterName,
} from "./security-filters.ts";
export { buildVolume, type NewVolume, parseVolume, type VolumeDocument } from "./volume.ts";
export { XmlError } from "./xml-error.ts";
