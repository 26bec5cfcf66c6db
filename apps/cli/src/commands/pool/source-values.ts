import { isUuid } from "@ferry/core";
import { InvalidArgumentError } from "commander";

interface Portal {
  readonly name: string;
  readonly port?: number;
}

/** `nas.example:/export/vms`. */
export function nfsValue(text: string): { server: string; export: string } {
  const at = text.indexOf(":/");
  if (at <= 0) throw new InvalidArgumentError("Must be SERVER:/EXPORT, as nas.example:/export/vms.");
  return { server: text.slice(0, at), export: text.slice(at + 1) };
}

/** `san.example/iqn.2026-01.example:vms`, or with a port behind the server's name. */
export function iscsiValue(text: string): Portal & { target: string } {
  const at = text.indexOf("/");
  if (at <= 0 || at === text.length - 1)
    throw new InvalidArgumentError("Must be SERVER[:PORT]/TARGET, as san.example/iqn.2026-01.example:vms.");
  return { ...portalOf(text.slice(0, at)), target: text.slice(at + 1) };
}

/** Collects `--monitor mon1.example:6789`. */
export const monitorValue = (text: string, before: readonly Portal[] = []): readonly Portal[] => [...before, portalOf(text)];

/** `USER:SECRET`, the secret by its uuid in the host's libvirt. */
export function loginValue(text: string): { user: string; secret: string } {
  const at = text.lastIndexOf(":");
  const [user, secret] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
  if (at > 0 && isUuid(secret)) return { user, secret };
  throw new InvalidArgumentError("Must be USER:SECRET, the secret by its uuid as virsh secret-list shows it.");
}

function portalOf(text: string): Portal {
  const [, name = text, port] = /^(.*[^:]):(\d{1,5})$/.exec(text) ?? [];
  return port === undefined ? { name } : { name, port: Number(port) };
}
