import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { writeClientFiles } from "../src/client-files.ts";

const credentials = { authUrl: "http://127.0.0.1:8774/identity/v3", username: "admin", password: 'it\'s: "$HOME" #1', project: "admin" };

it("the files hold the login whatever is in it, and nobody else reads them", async () => {
  const directory = await mkdtemp(join(tmpdir(), "ferry-files-"));
  try {
    const { cloudsYaml, openrc } = await writeClientFiles(directory, credentials);
    for (const path of [cloudsYaml, openrc]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { clouds } = parse(await readFile(cloudsYaml, "utf8")) as { clouds: { ferry: { auth: object } } };
    expect(clouds.ferry.auth).toMatchObject({ auth_url: credentials.authUrl, username: "admin", password: credentials.password });
    const env = { PATH: process.env.PATH ?? "" };
    expect(execFileSync("sh", ["-c", `. ${openrc}; printf %s "$OS_PASSWORD"`], { env, encoding: "utf8" })).toBe(credentials.password);
  } finally {
    await rm(directory, { recursive: true });
  }
});
