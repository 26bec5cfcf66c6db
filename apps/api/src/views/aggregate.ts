import type { StoredAggregate } from "@ferry/store";
import { naiveTime, orNull } from "../times.ts";

type View = Record<string, unknown>;

/** An aggregate as it is made: without hosts and metadata, as Nova shows a new one. */
export const newAggregateView = (aggregate: StoredAggregate, minor: number): View => ({
  id: aggregate.id,
  name: aggregate.name,
  availability_zone: aggregate.availabilityZone,
  created_at: naiveTime(aggregate.createdAt),
  updated_at: orNull(aggregate.updatedAt, naiveTime),
  deleted: false,
  deleted_at: null,
  ...(minor >= 41 ? { uuid: aggregate.uuid } : {}),
});

/** An aggregate in full. Its zone is one of its metadata. */
export const aggregateView = (aggregate: StoredAggregate, minor: number): View => ({
  ...newAggregateView(aggregate, minor),
  hosts: aggregate.hosts,
  metadata: {
    ...aggregate.metadata,
    ...(aggregate.availabilityZone === null ? {} : { availability_zone: aggregate.availabilityZone }),
  },
});
