import type { FakeHost } from "../host.ts";
import { Refusal } from "../refusal.ts";

const failed = (detail: string): Refusal => new Refusal("systemError", `Cannot recv data: ${detail}: Connection reset by peer`, "rpc");

/**
 * What libvirtd's `ssh` does for a peer-to-peer migration: the key file, the known host and the admission at the other side must all be there.
 * Returns the host that was logged in to.
 */
export function logInAsPeer(source: FakeHost, dconnuri: string): FakeHost {
  const uri = new URL(dconnuri);
  if (uri.protocol !== "qemu+ssh:" || uri.pathname !== "/system") throw failed(`no transport for ${dconnuri}`);
  if (uri.searchParams.get("no_verify") !== null) throw failed("the host key would not be checked");
  const there = source.datacentre.hostAt(uri.hostname);
  if (!there || !source.datacentre.linked(source, there)) throw failed(`connect to host ${uri.hostname}: No route to host`);
  if (!there.daemon.alive) throw failed("virt-ssh-helper: cannot connect to libvirt");
  requireKnownHost(source, there, uri);
  requireAdmission(source, there, publicPart(source, uri.searchParams.get("keyfile") ?? ""));
  return there;
}

function linesOf(host: FakeHost, path: string): string[] {
  const text = host.files.get(path)?.content().toString("utf8") ?? "";
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

function requireKnownHost(source: FakeHost, there: FakeHost, uri: URL): void {
  const name = uri.port === "" || uri.port === "22" ? uri.hostname : `[${uri.hostname}]:${uri.port}`;
  const known = linesOf(source, "/root/.ssh/known_hosts").some((line) => {
    const [names = "", type, blob] = line.split(" ");
    return names.split(",").includes(name) && `${type} ${blob}` === there.ssh.hostKey;
  });
  if (!known) throw failed("Host key verification failed");
}

/** The public key that an OpenSSH private key file carries in clear: after the magic word come cipher, kdf, its options and a count. */
function publicPart(source: FakeHost, path: string): string {
  const file = source.files.get(path);
  if (!file || (file.mode & 0o077) !== 0) throw failed(`${path} is no private key, or others may read it`);
  const body = file
    .content()
    .toString("latin1")
    .replace(/-----[^-]+-----|\s/g, "");
  const bytes = Buffer.from(body, "base64");
  let at = "openssh-key-v1\0".length;
  const field = (): Buffer => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  for (let skipped = 0; skipped < 3; skipped++) field();
  at += 4;
  return field().toString("base64");
}

/** A line that admits the key for virt-ssh-helper, from this address, and has not expired. */
function requireAdmission(source: FakeHost, there: FakeHost, publicKey: string): void {
  const line = linesOf(there, "/root/.ssh/authorized_keys").find((one) => one.includes(publicKey));
  if (line === undefined) throw failed("Permission denied (publickey)");
  const option = (name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(line)?.[1];
  if (!line.startsWith("restrict,")) there.datacentre.journal.violation(`an unrestricted key was placed on ${there.name}: ${line}`);
  if (!option("command")?.startsWith("virt-ssh-helper")) throw failed("the key may not run virt-ssh-helper");
  if (option("from") !== source.address) throw failed(`the key is not admitted from ${source.address}`);
}
