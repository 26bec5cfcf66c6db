import { type Children, type Shape, sameShapes, shape, textShape } from "../shape.ts";
import { boot, deviceInfo, reconnect, seclabel, secret, sized, virtioOptions } from "./common.ts";

/** Where a disk's content is. Attributes `index` and `seclabel` are shown only while the guest runs. */
export const diskSource = shape("dev file index mode name pool protocol query startupPolicy tls tlsHostname type volume", {
  host: shape("name port socket transport"),
  snapshot: shape("name"),
  config: shape("file"),
  auth: shape("username", { secret }),
  initiator: shape("", { iqn: shape("name") }),
  cookies: shape("", { cookie: textShape("name") }),
  readahead: shape("size"),
  timeout: shape("seconds"),
  ssl: shape("verify"),
  identity: shape("group user"),
  nfs: shape("group user"),
  slices: shape("", { slice: shape("offset size type") }),
  reconnect,
  seclabel,
});

const format = shape("type", { metadata_cache: shape("", { max_size: sized }) });

/** A backing file, which may have one itself; an empty element says that the chain ends here. */
const backingStore: Shape = {
  ...shape("index type"),
  get children(): Children {
    return { source: diskSource, format, backingStore };
  },
};

const driver = shape(
  `cache copy_on_read detect_zeroes discard discard_no_unref error_policy event_idx io ioeventfd iothread max_bytes name queue_size queues rerror_policy type ${virtioOptions}`,
  { metadata_cache: shape("", { max_size: sized }), iothreads: shape("", { iothread: shape("id", { queue: shape("id") }) }) },
);

const limits = ["total", "read", "write"].flatMap((what) =>
  ["bytes_sec", "iops_sec", "bytes_sec_max", "iops_sec_max", "bytes_sec_max_length", "iops_sec_max_length"].map(
    (unit) => `${what}_${unit}`,
  ),
);

/** `<disk>`. */
export const disk = shape("device model rawio sgio snapshot type", {
  driver,
  source: diskSource,
  backingStore,
  auth: shape("username", { secret }),
  target: shape("bus dev removable rotation_rate tray"),
  iotune: shape("", sameShapes(`${limits.join(" ")} size_iops_sec group_name`, textShape())),
  geometry: shape("cyls heads secs trans"),
  blockio: shape("discard_granularity logical_block_size physical_block_size"),
  ...sameShapes("readonly shareable"),
  ...sameShapes("serial wwn vendor product", textShape()),
  boot,
  ...deviceInfo,
});
