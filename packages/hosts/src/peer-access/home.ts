import type { SshSession } from "@ferry/libvirt";

/** A login on the host. */
export interface Account {
  readonly uid: number;
  readonly home: string;
}

/** Looks the user up in the host's `/etc/passwd`. A user from elsewhere (LDAP) gets uid -1 and the usual place. */
export async function accountOf(session: SshSession, user: string): Promise<Account> {
  const entries = (await session.files.readFile("/etc/passwd")).toString("utf8").split("\n");
  const fields = entries.map((entry) => entry.split(":")).find(([name]) => name === user);
  const [uid, home] = [Number(fields?.[2] ?? "-1"), fields?.[5]];
  return { uid, home: home?.startsWith("/") ? home : `/home/${user}` };
}
