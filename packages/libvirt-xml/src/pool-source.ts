import type { PoolLogin, PoolSource } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { createRoot, parseDocument, serialize } from "./document.ts";
import { append, attributeOf, childrenOf, find, textAt } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** `<pool>` for definition. Throws `XmlError` for a name with a slash, or a path that is not absolute. */
export function buildPool(name: string, pool: PoolSource): string {
  if (requireName(name, "pool name").includes("/"))
    throw new XmlError(`Cannot use pool name ${JSON.stringify(name)}: it must not contain "/".`);
  const root = createRoot("pool");
  root.setAttribute("type", pool.kind);
  append(root, "name", {}, name);
  const source = append(root, "source");
  const path = describe(source, pool);
  if (path !== null) append(append(root, "target"), "path", {}, requireAbsolute(path));
  return serialize(root);
}

/** Fills `<source>`; returns the target's path, null for pools without one. */
function describe(source: Element, pool: PoolSource): string | null {
  switch (pool.kind) {
    case "dir":
      return pool.path;
    case "netfs":
      append(source, "host", { name: requireName(pool.server, "server name") });
      append(source, "dir", { path: requireAbsolute(pool.export) });
      append(source, "format", { type: "nfs" });
      return pool.path;
    case "logical":
      append(source, "name", {}, requireName(pool.volumeGroup, "volume group"));
      append(source, "format", { type: "lvm2" });
      return `/dev/${pool.volumeGroup}`;
    case "iscsi-direct":
      append(source, "host", { name: requireName(pool.server, "server name"), port: pool.port });
      append(source, "device", { path: requireName(pool.target, "iSCSI target") });
      append(append(source, "initiator"), "iqn", { name: requireName(pool.initiator, "initiator name") });
      appendLogin(source, "chap", pool.login);
      return null;
    case "rbd":
      append(source, "name", {}, requireName(pool.rbdPool, "Ceph pool"));
      for (const { name, port } of pool.monitors) append(source, "host", { name: requireName(name, "server name"), port });
      appendLogin(source, "ceph", pool.login);
      return null;
  }
}

function appendLogin(source: Element, type: string, login: PoolLogin | null): void {
  if (login === null) return;
  const auth = append(source, "auth", { type, username: requireName(login.user, "user name") });
  append(auth, "secret", { uuid: login.secret });
}

function requireAbsolute(path: string): string {
  if (!path.startsWith("/")) throw new XmlError(`Cannot use the pool path ${JSON.stringify(path)}: it must be absolute.`);
  return requireName(path, "pool path");
}

/** What a defined pool is made of; null for a kind that ferry does not define, or when a part that it needs is missing. */
export function parsePoolSource(xml: string): PoolSource | null {
  const root = parseDocument(xml, "pool");
  const read = readers[attributeOf(root, "type") ?? ""];
  return read === undefined ? null : read(find(root, "source"), textAt(root, "target", "path"));
}

type Reader = (source: Element | null, path: string | null) => PoolSource | null;

const readers: Readonly<Record<string, Reader>> = {
  dir: (_source, path) => (path ? { kind: "dir", path } : null),
  netfs: (source, path) => {
    const [server, directory] = [attributeOf(find(source, "host"), "name"), attributeOf(find(source, "dir"), "path")];
    return path && server && directory ? { kind: "netfs", path, server, export: directory } : null;
  },
  logical: (source) => {
    const volumeGroup = textAt(source, "name");
    return volumeGroup ? { kind: "logical", volumeGroup } : null;
  },
  "iscsi-direct": (source) => {
    const [host] = readHosts(source);
    const [target, initiator] = [attributeOf(find(source, "device"), "path"), attributeOf(find(source, "initiator", "iqn"), "name")];
    if (!host || !target || !initiator) return null;
    return { kind: "iscsi-direct", server: host.name, port: host.port, target, initiator, login: readLogin(source) };
  },
  rbd: (source) => {
    const rbdPool = textAt(source, "name");
    return rbdPool ? { kind: "rbd", monitors: readHosts(source), rbdPool, login: readLogin(source) } : null;
  },
};

function readHosts(source: Element | null): { name: string; port: number | null }[] {
  return childrenOf(source, "host").flatMap((host) => {
    const [name, port] = [attributeOf(host, "name"), Number(attributeOf(host, "port") ?? "0")];
    return name ? [{ name, port: port > 0 ? port : null }] : [];
  });
}

function readLogin(source: Element | null): PoolLogin | null {
  const auth = find(source, "auth");
  const [user, secret] = [attributeOf(auth, "username"), attributeOf(find(auth, "secret"), "uuid")];
  return user && secret ? { user, secret } : null;
}
