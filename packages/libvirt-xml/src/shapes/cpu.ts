import { shape, textShape } from "../shape.ts";

const numaCell = shape("cpus discard id memAccess memory unit", {
  distances: shape("", { sibling: shape("id value") }),
  cache: shape("associativity level policy", { size: shape("unit value"), line: shape("unit value") }),
});

/** `<cpu>`: model, topology and features as the guest sees them. */
export const cpu = shape("check match migratable mode", {
  model: textShape("fallback vendor_id"),
  vendor: textShape(),
  topology: shape("clusters cores dies sockets threads"),
  feature: shape("name policy"),
  cache: shape("level mode"),
  maxphysaddr: shape("bits limit mode"),
  numa: shape("", {
    cell: numaCell,
    interconnects: shape("", {
      latency: shape("cache initiator target type value"),
      bandwidth: shape("cache initiator target type unit value"),
    }),
  }),
});
