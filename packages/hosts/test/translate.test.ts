import { FerryError, fail } from "@ferry/core";
import {
  AuthUnsupportedError,
  CallDeadlineError,
  ConnectionLostError,
  HostKeyChangedError,
  LibvirtError,
  LibvirtUnreachableError,
  SshClosedError,
  SshConnectError,
  UnsupportedCallError,
  type WireError,
} from "@ferry/libvirt";
import { XmlError } from "@ferry/libvirt-xml";
import { expect, test } from "vitest";
import { translate } from "../src/link/translate.ts";

const wire = (code: number): WireError => ({
  code,
  domain: 10,
  message: "it went wrong",
  level: 2,
  dom: null,
  str1: null,
  str2: null,
  str3: null,
  int1: 0,
  int2: 0,
  net: null,
});
const place = {
  host: { name: "compute2", address: "198.18.78.12", port: 22, user: "root" },
  publicKey: "ssh-ed25519 AAAA ferry",
  action: "define filter web",
  libvirtVersion: "5.0.0",
};
const key = (fingerprint: string) => ({ type: "ssh-ed25519", fingerprint });

test.each([
  [new HostKeyChangedError("198.18.78.12", key("SHA256:old"), key("SHA256:new")), "HOST_KEY_CHANGED", "SHA256:new"],
  [new SshConnectError("198.18.78.12", "authentication", null), "HOST_LOGIN_REFUSED", "ssh-ed25519 AAAA ferry"],
  [new SshConnectError("198.18.78.12", "unreachable", null), "HOST_UNREACHABLE", "198.18.78.12:22"],
  [new SshConnectError("198.18.78.12", "unknown-name", null), "HOST_UNREACHABLE", "no address is known for that name"],
  [new SshConnectError("198.18.78.12", "refused", null), "HOST_UNREACHABLE", "connection refused"],
  [new SshConnectError("198.18.78.12", "timeout", null), "HOST_UNREACHABLE", "no answer in time"],
  [new SshClosedError("ended"), "HOST_UNREACHABLE", "lost"],
  [new LibvirtUnreachableError("none"), "LIBVIRT_UNAVAILABLE", "compute2"],
  [new ConnectionLostError("ended", "unknown"), "LIBVIRT_UNAVAILABLE", "lost"],
  [new CallDeadlineError("domainGetState", 1000, "unknown"), "LIBVIRT_UNAVAILABLE", "no answer in time"],
  [new AuthUnsupportedError("sasl"), "LIBVIRT_UNAVAILABLE", "login"],
  [new LibvirtError("authPolkit", wire(45)), "LIBVIRT_UNAVAILABLE", "refuses this user"],
  [
    new UnsupportedCallError("connectCompareHypervisorCpu", wire(39)),
    "LIBVIRT_CALL_MISSING",
    "version 5.0.0 lacks the call connectCompareHypervisorCpu",
  ],
  [
    new LibvirtError("nwfilterDefineXml", wire(9)),
    "HYPERVISOR_CALL_FAILED",
    "Cannot define filter web on host compute2: libvirt answered: it went wrong",
  ],
  [new XmlError("bad text"), "HYPERVISOR_CALL_FAILED", "bad text"],
])("%s becomes %s", (error, code, words) => {
  const translated = translate(error, place);
  expect(translated).toBeInstanceOf(FerryError);
  expect(translated).toMatchObject({ code, cause: error });
  expect((translated as FerryError).message).toContain(words);
});

test.each([fail("ABORTED"), new RangeError("a bug"), "a reason"])("%s passes unchanged", (error) => {
  expect(translate(error, place)).toBe(error);
});
