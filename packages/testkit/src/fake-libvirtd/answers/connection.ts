import { authTypes, features } from "@ferry/libvirt";
import type { FakeHost } from "../host.ts";
import { Refusal } from "../refusal.ts";
import type { Answers } from "./answer.ts";

const supported: readonly number[] = [
  features.migrationP2p,
  features.migrationV3,
  features.migrateChangeProtection,
  features.typedParamString,
  features.keepalive,
  features.xmlMigratable,
  features.migrationOffline,
  features.migrationParams,
  features.eventCallbackIds,
];

/** Login, identity and features. */
export const connectionAnswers = (host: FakeHost): Answers => ({
  authList: () => ({ types: [authTypes.none] }),
  connectOpen: ({ name }, client) => {
    if (name !== "qemu:///system") throw new Refusal("noConnect", `no connection driver available for ${name}`);
    if (client.opened) throw new Refusal("internalError", "connection already open", "rpc");
    client.opened = true;
    return {};
  },
  connectClose: () => ({}),
  connectSupportsFeature: ({ feature }) => ({ supported: supported.includes(feature) ? 1 : 0 }),
  connectGetType: () => ({ type: "QEMU" }),
  connectGetVersion: () => ({ hvVer: BigInt(host.hardware.hypervisorVersion) }),
  connectGetLibVersion: () => ({ libVer: BigInt(host.hardware.libvirtVersion) }),
  connectGetHostname: () => ({ hostname: host.name }),
  connectGetUri: () => ({ uri: "qemu:///system" }),
  connectIsSecure: () => ({ secure: 1 }),
});
