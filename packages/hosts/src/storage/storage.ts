import { type DeviceFacts, fail, type Storage } from "@ferry/core";
import { isNoSuchFile } from "@ferry/libvirt";
import { ofGuest } from "../hypervisor/handle.ts";
import { traitsOf } from "../hypervisor/traits/traits-of.ts";
import type { HostLink } from "../link/host-link.ts";
import { downloadContent, uploadContent } from "./content.ts";
import { deviceAt } from "./devices.ts";
import { fileSystemAt } from "./mounts.ts";
import { definePool, readPoolKinds, readPoolSource, undefinePool } from "./pool-definitions.ts";
import { readPools, refreshPool, startPool, stopPool } from "./pools.ts";
import { hasSecret } from "./secrets.ts";
import { downloadSparseContent, uploadSparseContent } from "./sparse-content.ts";
import { createVolume, deleteVolume, growVolume, volumeAt, volumeIn } from "./volumes.ts";

/** The storage port of one host, over its libvirt; only `fileExists`, `fileSystemAt` and `deviceAt` look at the file system itself. */
export function libvirtStorage(link: HostLink): Storage {
  return {
    pools: () => link.ask("list the pools", readPools),
    startPool: (name) => link.act(`start pool ${name}`, (connection) => startPool(connection, name)),
    stopPool: (name) => link.act(`stop pool ${name}`, (connection) => stopPool(connection, name)),
    poolKinds: () => link.ask("list the kinds of pools", readPoolKinds),
    poolSource: (name) => link.ask(`look at pool ${name}`, (connection) => readPoolSource(connection, name, link.address)),
    definePool: (name, source) => link.act(`define pool ${name}`, (connection) => definePool(connection, name, source, link.address)),
    undefinePool: (name) => link.act(`delete pool ${name}`, (connection) => undefinePool(connection, name)),
    refreshPool: (name) => link.act(`refresh pool ${name}`, (connection) => refreshPool(connection, name)),
    volumeAt: (path) => link.ask(`look at volume ${path}`, (connection) => volumeAt(connection, path)),
    volumeIn: (pool, name) => link.ask(`look at volume ${name} of pool ${pool}`, (connection) => volumeIn(connection, pool, name)),
    fileExists: (path) => fileExists(link, path),
    fileSystemAt: (path) =>
      link.translated(`look at the mounts for ${path}`, async () => await fileSystemAt((await link.session()).files, path)),
    deviceAt: (path) => lookAtDevice(link, path),
    hasSecret: (secret) => link.ask("look for a secret", (connection) => hasSecret(connection, secret)),
    createVolume: (request) => link.act(`create volume ${request.name}`, (connection) => createVolume(connection, request, link.address)),
    growVolume: (path, capacityBytes) => link.act(`grow volume ${path}`, (connection) => growVolume(connection, path, capacityBytes)),
    deleteVolume: (path) => link.act(`delete volume ${path}`, (connection) => deleteVolume(connection, path)),
    diskSize: (uuid, target) => diskSize(link, uuid, target),
    download: (path, signal) => downloadContent(link, path, signal),
    downloadSparse: (path, signal) => downloadSparseContent(link, path, signal),
    uploadSparse: (path, content, lengthBytes, signal) => uploadSparseContent(link, path, content, lengthBytes, signal),
    upload: (path, content, lengthBytes, signal) => uploadContent(link, path, content, lengthBytes, signal),
  };
}

async function fileExists(link: HostLink, path: string): Promise<boolean> {
  return await link.translated(`look for ${path}`, async () => {
    try {
      return (await (await link.session()).files.stat(path)).isFile;
    } catch (error) {
      if (isNoSuchFile(error)) return false;
      throw error;
    }
  });
}

async function lookAtDevice(link: HostLink, path: string): Promise<DeviceFacts | null> {
  return await link.translated(`look at device ${path}`, async () => {
    const session = await link.session();
    return await deviceAt({ files: session.files, exec: (argv) => session.exec(argv) }, path);
  });
}

async function diskSize(link: HostLink, uuid: string, target: string) {
  const traits = traitsOf(link.address.uri);
  const size = await link.ask(`read the size of disk ${target}`, (connection) =>
    ofGuest(connection, uuid, (dom) => traits.diskSize({ connection, session: () => link.session() }, dom, target)),
  );
  if (!size) throw fail("SERVER_NOT_FOUND", { id: uuid });
  return size;
}
