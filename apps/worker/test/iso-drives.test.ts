import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverId } from "@ferry/core";
import { expect, it } from "vitest";
import { isoDrives } from "../src/server-tasks/iso-drives.ts";

const id = serverId("8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a41");

/** Stands for the program: writes its arguments where the image is to be. */
const pretender =
  '#!/bin/sh\nfor last; do :; done\nout=""\nlabel="$*"\nwhile [ $# -gt 0 ]; do [ "$1" = -o ] && out="$2"; shift; done\n{ echo "$label"; cat "$last/openstack/latest/meta_data.json"; } > "$out"\n';

it("has the program make an image labelled config-2 of the files, and keeps nothing", async () => {
  const directory = await mkdtemp(join(tmpdir(), "ferry-iso-test-"));
  try {
    const program = join(directory, "mkisofs");
    await writeFile(program, pretender, { mode: 0o755 });
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith("ferry-config-drive-"));
    const image = await isoDrives(program).make(id, { "openstack/latest/meta_data.json": Buffer.from("the facts") });
    expect(Buffer.from(image).toString()).toMatch(/-J -r -V config-2 [\s\S]*the facts/);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith("ferry-config-drive-"))).toEqual(before);
  } finally {
    await rm(directory, { recursive: true });
  }
});

it("names the program that is not there, and the remedy", async () => {
  await expect(isoDrives("/nowhere/mkisofs").make(id, {})).rejects.toThrow(
    /config drive of instance .* \/nowhere\/mkisofs did not do it.*FERRY_MKISOFS/,
  );
});
