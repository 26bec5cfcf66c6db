import type { components } from "@ferry/contract";
import type { PoolSource } from "@ferry/core";

type Schemas = components["schemas"];
export type PoolDefinition = Schemas["PoolDefinition"];

/** What a pool is to be made of, from the contract's words into ferry's. */
export function poolSource(source: PoolDefinition["source"]): PoolSource {
  switch (source.kind) {
    case "logical":
      return { kind: source.kind, volumeGroup: source.volume_group };
    case "iscsi-direct": {
      const { kind, server, port = null, target, initiator, login = null } = source;
      return { kind, server, port, target, initiator, login };
    }
    case "rbd": {
      const { kind, monitors, rbd_pool: rbdPool, login = null } = source;
      return { kind, monitors: monitors.map(({ name, port = null }) => ({ name, port })), rbdPool, login };
    }
    default:
      return source;
  }
}
