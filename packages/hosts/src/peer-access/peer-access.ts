import type { PeerAccess } from "@ferry/core";
import type { SshSession } from "@ferry/libvirt";
import { traitsOf } from "../hypervisor/traits/traits-of.ts";
import type { HostLink } from "../link/host-link.ts";
import { admitKey, withdrawAdmittedKey } from "./destination-key.ts";
import { idlePort } from "./idle-port.ts";
import { reach } from "./reach.ts";
import { placeSourceKey, withdrawSourceKey } from "./source-key.ts";
import { canPeer } from "./tools.ts";

/** The peer access port of one host: files over SFTP and forwarded connections, no command is run. */
export function sshPeerAccess(link: HostLink): PeerAccess {
  const { user, uri } = link.address;
  const { scheme } = traitsOf(uri);
  const edits = inTurn();
  const work = <T>(action: string, run: (session: SshSession) => Promise<T>): Promise<T> =>
    link.translated(action, async () => await run(await link.session()));
  return {
    reach: (address, port, deadlineMs) => work(`reach ${address}:${port}`, (session) => reach(session, address, port, deadlineMs)),
    idlePort: (first, count) => work("list the listening sockets", (session) => idlePort(session.files, first, count)),
    canPeer: (role) => work("look for the tools of libvirt's SSH transport", (session) => canPeer(session, user, role)),
    placeSourceKey: (tag, destination) => edits(() => work("place a key", (session) => placeSourceKey(session, user, tag, destination))),
    admitKey: (tag, key) => edits(() => work("admit a key", (session) => admitKey(session, user, tag, key, scheme))),
    withdraw: (tag) =>
      edits(() =>
        work("withdraw a key", async (session) => {
          await withdrawSourceKey(session, user, tag);
          await withdrawAdmittedKey(session, user, tag);
        }),
      ),
  };
}

/** Runs one edit after the other: two of them at once would overwrite each other's lines. */
function inTurn(): <T>(edit: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (edit) => {
    const next = last.then(edit, edit);
    last = next;
    return next;
  };
}
