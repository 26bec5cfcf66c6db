import { generateSshKeyPair, isNoSuchFile, type SshSession } from "@ferry/libvirt";
import { editFile, ensureDirectory } from "./edit-file.ts";
import { accountOf } from "./home.ts";
import { knownHostsLine } from "./lines.ts";
import { markOf } from "./tag.ts";
import { withLine, withoutMark } from "./tagged-lines.ts";

interface Destination {
  readonly address: string;
  readonly port: number;
  readonly hostKey: string;
}

/** Puts a fresh private key and the destination's host key on the source. The private key exists nowhere else. */
export async function placeSourceKey(session: SshSession, user: string, tag: string, destination: Destination) {
  const directory = `${(await accountOf(session, user)).home}/.ssh`;
  const mark = markOf(tag);
  const line = knownHostsLine(tag, destination);
  const pair = generateSshKeyPair(mark);
  await ensureDirectory(session.files, directory);
  const privateKeyPath = `${directory}/${mark}`;
  await session.files.writeFile(privateKeyPath, pair.privateKey, { mode: 0o600 });
  await editFile(session.files, `${directory}/known_hosts`, (text) => withLine(text, line, mark));
  return { publicKey: pair.publicKey, privateKeyPath };
}

/** Removes the private key and the lines in known_hosts that carry the tag. */
export async function withdrawSourceKey(session: SshSession, user: string, tag: string): Promise<void> {
  const directory = `${(await accountOf(session, user)).home}/.ssh`;
  const mark = markOf(tag);
  await unlinkIfThere(session, `${directory}/${mark}`);
  await editFile(session.files, `${directory}/known_hosts`, (text) => text && withoutMark(text, mark));
}

async function unlinkIfThere(session: SshSession, path: string): Promise<void> {
  try {
    await session.files.unlink(path);
  } catch (error) {
    if (!isNoSuchFile(error)) throw error;
  }
}
