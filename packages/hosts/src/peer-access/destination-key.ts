import type { SshSession } from "@ferry/libvirt";
import type { DriverTraits } from "../hypervisor/traits/traits.ts";
import { editFile, ensureDirectory } from "./edit-file.ts";
import { accountOf } from "./home.ts";
import { type AdmittedKey, authorizedKeysLine } from "./lines.ts";
import { markOf } from "./tag.ts";
import { withLine, withoutMark } from "./tagged-lines.ts";

/** Admits the key in the login user's authorized_keys. */
export async function admitKey(
  session: SshSession,
  user: string,
  tag: string,
  key: AdmittedKey,
  scheme: DriverTraits["scheme"],
): Promise<void> {
  const directory = `${(await accountOf(session, user)).home}/.ssh`;
  const line = authorizedKeysLine(tag, key, scheme);
  await ensureDirectory(session.files, directory);
  await editFile(session.files, `${directory}/authorized_keys`, (text) => withLine(text, line, markOf(tag)));
}

/** Removes the lines of authorized_keys that carry the tag. */
export async function withdrawAdmittedKey(session: SshSession, user: string, tag: string): Promise<void> {
  const path = `${(await accountOf(session, user)).home}/.ssh/authorized_keys`;
  await editFile(session.files, path, (text) => text && withoutMark(text, markOf(tag)));
}
