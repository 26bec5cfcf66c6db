import { type VolumeHandle, volumeInfoFlags, volumeStreamFlags, volumeTypes } from "@ferry/libvirt";
import type { FakeClient } from "../client.ts";
import { DownloadStream, UploadStream } from "../client-stream.ts";
import type { DiskImage } from "../disk-image.ts";
import { FakeFile } from "../files.ts";
import type { FakeHost } from "../host.ts";
import type { FakePool } from "../pools.ts";
import { Refusal, Surprise } from "../refusal.ts";
import { attributeAt, escaped, find, parseRoot, textAt } from "../xml.ts";
import { type Answers, onlyFlags } from "./answer.ts";

/** Storage volumes and their content. */
export const volumeAnswers = (host: FakeHost): Answers => ({
  storageVolLookupByName: ({ pool, name }) => ({ vol: handleIn(host.pools.withUuid(pool.uuid).requireActive(), name) }),
  storageVolLookupByPath: ({ path }) => {
    const pool = host.pools.ofPath(path);
    if (!pool?.active) throw missing(`no storage vol with matching path '${path}'`);
    return { vol: handleIn(pool, path.slice(pool.path.length + 1)) };
  },
  storageVolGetPath: ({ vol }) => ({ name: fileOf(host, vol).path }),
  storageVolGetInfo: ({ vol }) => infoOf(fileOf(host, vol).file, 0),
  storageVolGetInfoFlags: ({ vol, flags }) => {
    onlyFlags("storageVolGetInfoFlags", flags, volumeInfoFlags.physical);
    return infoOf(fileOf(host, vol).file, flags);
  },
  storageVolGetXmlDesc: ({ vol }) => ({ xml: volumeXml(vol.name, fileOf(host, vol)) }),
  storageVolCreateXml: ({ pool, xml, flags }) => {
    onlyFlags("storageVolCreateXml", flags);
    return { vol: create(host, host.pools.withUuid(pool.uuid).requireActive(), xml) };
  },
  storageVolResize: ({ vol, capacity, flags }) => {
    onlyFlags("storageVolResize", flags);
    const { file, path } = fileOf(host, vol);
    const { image } = file;
    if (!image || Number(capacity) <= image.capacityBytes) throw new Surprise(`grow ${path} to ${capacity} bytes`);
    host.files.put(path, FakeFile.ofImage({ ...image, capacityBytes: Number(capacity) }));
    host.datacentre.journal.note(host.name, "file-grown", path);
    return {};
  },
  storageVolDelete: ({ vol, flags }) => {
    onlyFlags("storageVolDelete", flags);
    const { pool, path } = fileOf(host, vol);
    host.files.delete(path);
    pool.forget(vol.name);
    host.datacentre.journal.note(host.name, "file-deleted", path);
    return {};
  },
  storageVolDownload: ({ vol, offset, length, flags }, client, call) => {
    onlyFlags("storageVolDownload", flags, volumeStreamFlags.sparse);
    const { file } = fileOf(host, vol);
    if (flags & volumeStreamFlags.sparse) {
      client.openStream(call, new DownloadStream(call, wireOf(client), file.bytes, file.lengthBytes - file.bytes.length));
      return {};
    }
    const content = file.content().subarray(Number(offset));
    const wanted = length === 0n ? content : content.subarray(0, Number(length));
    client.openStream(call, new DownloadStream(call, wireOf(client), wanted));
    return {};
  },
  storageVolUpload: ({ vol, offset, length, flags }, client, call) => {
    onlyFlags("storageVolUpload", flags, volumeStreamFlags.sparse);
    const { pool, file } = fileOf(host, vol);
    const writer = writerInto(file, pool, Number(offset), Number(length));
    const onHole = flags & volumeStreamFlags.sparse ? writer.skip : null;
    client.openStream(call, new UploadStream(call, wireOf(client), writer.write, onHole));
    return {};
  },
});

const missing = (detail: string): Refusal => new Refusal("noStorageVol", `Storage volume not found: ${detail}`, "storage");

const wireOf = (client: FakeClient) => ({
  send: (packet: Buffer) => client.send(packet),
  surprise: (sentence: string) => client.daemon.host.datacentre.journal.surprise(sentence),
});

function handleIn(pool: FakePool, name: string): VolumeHandle {
  if (!pool.volumes().includes(name)) throw missing(`no storage vol with matching name '${name}'`);
  return { pool: pool.name, name, key: pool.pathOf(name) };
}

function fileOf(host: FakeHost, vol: VolumeHandle): { pool: FakePool; path: string; file: FakeFile } {
  const pool = host.pools.named(vol.pool).requireActive();
  handleIn(pool, vol.name);
  const path = pool.pathOf(vol.name);
  const file = host.files.get(path);
  if (!file) throw new Refusal("systemError", `cannot stat file '${path}': No such file or directory`, "storage");
  return { pool, path, file };
}

function infoOf(file: FakeFile, flags: number): { type: number; capacity: bigint; allocation: bigint } {
  const capacity = file.image?.capacityBytes ?? file.lengthBytes;
  return { type: volumeTypes.file, capacity: BigInt(capacity), allocation: BigInt(flags ? file.lengthBytes : file.bytes.length) };
}

function volumeXml(name: string, { path, file }: { path: string; file: FakeFile }): string {
  const image = file.image;
  const backing = image?.backing
    ? `<backingStore><path>${escaped(image.backing.path)}</path><format type='${image.backing.format}'/></backingStore>`
    : "";
  return `<volume type='file'><name>${escaped(name)}</name><key>${escaped(path)}</key><source/><capacity unit='bytes'>${image?.capacityBytes ?? file.lengthBytes}</capacity><allocation unit='bytes'>${file.bytes.length}</allocation><physical unit='bytes'>${file.lengthBytes}</physical><target><path>${escaped(path)}</path><format type='${image?.format ?? "raw"}'/><timestamps><mtime>${file.modifiedAt}</mtime></timestamps></target>${backing}</volume>`;
}

function create(host: FakeHost, pool: FakePool, xml: string): VolumeHandle {
  const root = parseRoot(xml, "volume");
  const name = find(root, "name")?.textContent ?? "";
  const path = pool.pathOf(name);
  if (host.files.get(path)) throw new Refusal("storageVolExists", `storage volume '${name}' exists already`, "storage");
  if (pool.full) throw new Refusal("systemError", `cannot create path '${path}': No space left on device`, "storage");
  host.files.put(path, FakeFile.ofImage({ ...imageOf(root), blocks: {} }));
  pool.learn(name);
  host.datacentre.journal.note(host.name, "file-created", path);
  return { pool: pool.name, name, key: path };
}

function imageOf(root: ReturnType<typeof parseRoot>): Omit<DiskImage, "blocks"> {
  const format = attributeAt(find(root, "target", "format"), "type");
  if (format !== "qcow2" && format !== "raw") throw new Surprise(`volume of format ${format}`);
  const unit = attributeAt(find(root, "capacity"), "unit") ?? "bytes";
  if (unit !== "bytes") throw new Surprise(`capacity in ${unit}`);
  const path = textAt(root, "backingStore", "path");
  const backing = path === undefined ? null : { path, format: attributeAt(find(root, "backingStore", "format"), "type") ?? "raw" };
  return { format, capacityBytes: Number(textAt(root, "capacity")), backing };
}

interface FileWriter {
  readonly write: (data: Buffer) => void;
  readonly skip: (bytes: number) => void;
}

/** Puts data into the file piece by piece. The first piece replaces the old content, as a qcow2 that is written over is none any more. */
function writerInto(file: FakeFile, pool: FakePool, offset: number, length: number): FileWriter {
  let at = offset;
  const begin = (bytes: number): void => {
    if (pool.full || (length > 0 && at + bytes > offset + length)) throw new Refusal("systemError", "No space left on device", "storage");
    if (at > 0) return;
    file.bytes = Buffer.alloc(0);
    file.lengthBytes = 0;
  };
  return {
    write: (data) => {
      begin(data.length);
      file.write(at, data);
      at += data.length;
    },
    skip: (bytes) => {
      begin(bytes);
      at += bytes;
      file.extendTo(at);
    },
  };
}
