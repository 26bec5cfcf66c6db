/** The API server: listens until it is told to stop. */
import { openLiveEvents } from "@ferry/bus";
import { listenError } from "@ferry/core";
import { openStore } from "@ferry/store";
import { applyMigrations } from "@ferry/store/migrate";
import { buildApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { openLogger } from "./logger.ts";
import { startPulse } from "./pulse.ts";

const firstName = "admin";

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = openLogger(config.logLevel);
  await applyMigrations(config.databaseUrl);
  const store = openStore({ connectionString: config.databaseUrl });
  if (config.adminPassword !== null && config.keystone === null) {
    await store.identity.bootstrap({ userName: firstName, password: config.adminPassword, projectName: firstName });
  }
  const news = await openLiveEvents({
    connectionString: config.databaseUrl,
    onError: (error) => logger.warn({ err: error }, "the connection that hears news was lost; it is made again"),
  });
  const app = await buildApp({ store, news, publicUrl: config.publicUrl, keystone: config.keystone, logger });
  const address = { host: config.listenHost, port: config.listenPort };
  await app.listen(address).catch((error: unknown) => {
    throw listenError(address, error);
  });
  const pulse = startPulse(store, logger);

  const stop = async (): Promise<void> => {
    pulse.stop();
    await app.close();
    await news.close();
    await store.close();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
}

await main();
