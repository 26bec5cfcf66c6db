import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Credentials } from "./credentials.ts";

/** Where OpenStack's own clients find their login. */
export interface ClientFiles {
  readonly cloudsYaml: string;
  readonly openrc: string;
}

/** Writes `clouds.yaml` (cloud `ferry`) and `openrc` into the state directory, readable by its owner only. */
export async function writeClientFiles(stateDirectory: string, credentials: Credentials): Promise<ClientFiles> {
  const files = { cloudsYaml: join(stateDirectory, "clouds.yaml"), openrc: join(stateDirectory, "openrc") };
  await writePrivately(files.cloudsYaml, cloudsYaml(credentials));
  await writePrivately(files.openrc, openrc(credentials));
  return files;
}

/** One cloud, `ferry`, in the form of openstacksdk. */
export function cloudsYaml({ authUrl, username, password, project }: Credentials): string {
  const auth = {
    auth_url: authUrl,
    username,
    password,
    project_name: project,
    user_domain_name: "Default",
    project_domain_name: "Default",
  };
  return stringify({ clouds: { ferry: { auth, region_name: "RegionOne", identity_api_version: 3 } } });
}

/** The same as shell variables; `.` reads it. */
export function openrc({ authUrl, username, password, project }: Credentials): string {
  const variables = {
    OS_AUTH_URL: authUrl,
    OS_USERNAME: username,
    OS_PASSWORD: password,
    OS_PROJECT_NAME: project,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    OS_REGION_NAME: "RegionOne",
    OS_IDENTITY_API_VERSION: "3",
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join("");
}

/** For a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

async function writePrivately(path: string, content: string): Promise<void> {
  await writeFile(path, content, { mode: 0o600 });
  await chmod(path, 0o600);
}
