import { sameShapes, shape, textShape } from "../shape.ts";
import { boot, deviceInfo, reconnect, rom, virtioOptions } from "./common.ts";

/** `portid` and `bridge` beside a network's name are shown only while the guest runs. */
const source = shape("address bridge dev mode name network path port portgroup portid type", {
  reconnect,
  local: shape("address port"),
  ip: shape("address family peer prefix"),
  route: shape("address family gateway metric netmask prefix"),
});

const offloads = "csum ecn gso mrg_rxbuf tso4 tso6 ufo";
const driver = shape(
  `event_idx ioeventfd name queues rss rss_hash_report rx_queue_size tx_queue_size txmode ${virtioOptions}`,
  sameShapes("host guest", shape(offloads)),
);

/** `<interface>`. */
export const networkInterface = shape("managed trustGuestRxFilters type", {
  mac: shape("address check type currentAddress"),
  source,
  virtualport: shape("type", { parameters: shape("instanceid interfaceid managerid profileid typeid typeidversion") }),
  vlan: shape("trunk", { tag: shape("id nativeMode") }),
  target: shape("dev managed"),
  model: shape("type"),
  driver,
  backend: shape("tap type vhost"),
  filterref: shape("filter", { parameter: shape("name value") }),
  bandwidth: shape("classID", sameShapes("inbound outbound", shape("average burst floor peak"))),
  tune: shape("", { sndbuf: textShape() }),
  link: shape("state"),
  mtu: shape("size"),
  coalesce: shape("", { rx: shape("", { frames: shape("max") }) }),
  port: shape("isolated"),
  guest: shape("actual dev"),
  ip: shape("address family peer prefix"),
  route: shape("address family gateway metric netmask prefix"),
  script: shape("path"),
  rom,
  boot,
  ...deviceInfo,
});
