import { SshFileError } from "@ferry/libvirt";
import { expect, it } from "vitest";
import { fileSystemAt } from "../src/storage/mounts.ts";

const mounts = `overlay / overlay rw 0 0
/dev/vda1 /srv ext4 rw 0 0
nas:/vm /srv/shared nfs4 rw 0 0
nas:/b /srv/two\\040words ceph rw 0 0
tmpfs /covered tmpfs rw 0 0
lab /covered fuse.glusterfs rw 0 0
`;
const host = (text: string) => ({ readFile: async () => Buffer.from(text) });

it.each([
  ["/srv/shared/a.qcow2", "nfs4"],
  ["/srv/shared", "nfs4"],
  ["/srv/shared2/a.qcow2", "ext4"],
  ["/srv/two words/a.qcow2", "ceph"],
  ["/covered/a.qcow2", "fuse.glusterfs"],
  ["/var/lib/libvirt/images/a.qcow2", "overlay"],
])("finds the mount that holds %s: %s", async (path, type) => {
  expect(await fileSystemAt(host(mounts), path)).toBe(type);
});

it("says null when the host tells no mounts", async () => {
  expect(await fileSystemAt(host(""), "/a")).toBeNull();
  const missing = new SshFileError("read", "/proc/self/mounts", Object.assign(new Error("No such file"), { code: 2 }));
  expect(await fileSystemAt({ readFile: () => Promise.reject(missing) }, "/a")).toBeNull();
});
