/** nwfilter rules of one host. */
export interface FilterDocument {
  readonly name: string;
  readonly uuid: string;
  /** The filter as libvirt stores it, normalised; equal text means equal rules. The uuid is left out. */
  readonly rulesXml: string;
  /** Names of the filters it refers to. */
  readonly references: readonly string[];
}

export interface Firewall {
  /** The named filter, or null. */
  filter(name: string): Promise<FilterDocument | null>;
  /** Defines a filter under the given uuid. Throws DESTINATION_OCCUPIED when the name belongs to another uuid. */
  define(filter: { name: string; uuid: string; rulesXml: string }): Promise<void>;
  /** Removes the filter of that uuid; nothing happens when it is not there. `kept` when a guest or another filter still uses it. */
  remove(uuid: string): Promise<"removed" | "kept" | "absent">;
}
