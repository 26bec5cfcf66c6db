import { type Children, sameShapes, shape } from "../shape.ts";
import { deviceInfo, virtioOptions } from "./common.ts";

const graphics = shape(
  "address autoport connected defaultMode display fullscreen keymap listen multiUser p2p passwd passwdValidTo port powerControl replaceUser sharePolicy socket tlsPort type websocket xauth",
  {
    listen: shape("address network socket type"),
    channel: shape("mode name"),
    ...sameShapes("image jpeg zlib", shape("compression")),
    ...sameShapes("streaming mouse", shape("mode")),
    playback: shape("compression"),
    clipboard: shape("copypaste"),
    filetransfer: shape("enable"),
    audio: shape("id"),
    gl: shape("enable rendernode"),
  },
);

const video = shape("", {
  driver: shape(`name vgaconf ${virtioOptions}`),
  model: shape("blob edid heads primary ram type vgamem vram vram64", {
    acceleration: shape("accel2d accel3d rendernode"),
    resolution: shape("x y"),
  }),
  ...deviceInfo,
});

/** What the guest shows and plays. */
export const displayDevices: Children = {
  graphics,
  video,
  sound: shape("model multichannel streams", { codec: shape("type"), audio: shape("id"), ...deviceInfo }),
  audio: shape(
    "driver id serverName timerPeriod type",
    sameShapes("input output", shape("bufferLength fixedSettings mixingEngine voices", { settings: shape("channels format frequency") })),
  ),
};
