/** ferry on one machine: embedded PostgreSQL, the API server and a worker, until it is told to stop. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configurationExitStatus } from "@ferry/core";
import { startEmbeddedPostgres } from "@ferry/store/embedded";
import { checkListenAddress } from "./check-listen-address.ts";
import { claimStateDirectory } from "./claim-state-directory.ts";
import { writeClientFiles } from "./client-files.ts";
import { adminCredentials, adminPassword, writeCliConfig } from "./credentials.ts";
import { waitUntilHealthy } from "./health.ts";
import { endIfMisconfigured } from "./misconfigured.ts";
import { readSettings, type Settings } from "./settings.ts";
import { Supervised } from "./supervise.ts";

const program = (app: string): string => fileURLToPath(new URL(`../../${app}/src/main.ts`, import.meta.url));

async function database(settings: Settings): Promise<{ url: string; stop: () => Promise<void> }> {
  if (settings.databaseUrl) return { url: settings.databaseUrl, stop: async () => undefined };
  const postgres = await startEmbeddedPostgres({ directory: join(settings.stateDirectory, "postgres") });
  return { url: postgres.connectionString, stop: () => postgres.stop() };
}

/** Says where the first user's login is, for ferry's commands and for OpenStack's. */
async function writeLogins({ homeDirectory, stateDirectory, listen }: Settings, password: string): Promise<void> {
  const credentials = adminCredentials(listen, password);
  const config = await writeCliConfig(homeDirectory, credentials);
  const { cloudsYaml, openrc } = await writeClientFiles(stateDirectory, credentials);
  console.log(
    `OpenStack's own clients: OS_CLIENT_CONFIG_FILE=${cloudsYaml} openstack --os-cloud ferry server list (or first: . ${openrc})`,
  );
  console.log(`ferry is ready at http://${listen} (login for the command line: ${config}). Ctrl-C ends it; moves of guests go on.`);
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await checkListenAddress(settings.listen);
  await claimStateDirectory(settings.stateDirectory);
  const { url, stop } = await database(settings);
  const password = await adminPassword(settings.stateDirectory);
  const env = {
    ...process.env,
    DATABASE_URL: url,
    FERRY_LISTEN: settings.listen,
    FERRY_STATE_DIR: settings.stateDirectory,
    FERRY_ADMIN_PASSWORD: password,
  };
  const end = async (status: number): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
    await stop();
    process.exit(status);
  };
  const misconfigured = (): void => void end(configurationExitStatus);
  const children = [
    new Supervised("API server", program("api"), env, misconfigured),
    new Supervised("worker", program("worker"), env, misconfigured),
  ];
  for (const child of children) child.start();
  process.once("SIGINT", () => void end(0));
  process.once("SIGTERM", () => void end(0));

  await waitUntilHealthy(`http://${settings.listen}/healthz`);
  if (settings.keystoneUrl === null) await writeLogins(settings, password);
  else
    console.log(
      `ferry is ready at http://${settings.listen}; ${settings.keystoneUrl} validates its tokens. Ctrl-C ends it; moves of guests go on.`,
    );
}

await main().catch(endIfMisconfigured);
