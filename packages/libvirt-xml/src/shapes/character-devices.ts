import { type Children, shape, textShape } from "../shape.ts";
import { boot, deviceInfo, reconnect, seclabel, virtioDriver } from "./common.ts";

/** The host's end of a serial line, console, channel or redirected device. */
export const characterSource: Children = {
  source: shape("append channel host master mode path service slave tls", {
    reconnect,
    seclabel,
    clipboard: shape("copypaste"),
    mouse: shape("mode"),
  }),
  protocol: shape("type"),
  log: shape("append file"),
};

const line = shape("tty type", { ...characterSource, target: shape("port type", { model: shape("name") }), ...deviceInfo });

/** Serial lines and what uses the same host ends. */
export const characterDevices: Children = {
  serial: line,
  parallel: line,
  console: line,
  channel: shape("type", { ...characterSource, target: shape("address name port state type"), ...deviceInfo }),
  smartcard: shape("mode type", { ...characterSource, ...deviceInfo }),
  redirdev: shape("bus type", { ...characterSource, boot, ...deviceInfo }),
  redirfilter: shape("", { usbdev: shape("allow class product vendor version") }),
  rng: shape("model", {
    backend: { ...textShape("model type"), children: characterSource },
    driver: virtioDriver,
    rate: shape("bytes period"),
    ...deviceInfo,
  }),
};
