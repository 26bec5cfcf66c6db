/** A worker: runs migrations and actions on servers, answers the API's questions and watches hosts. As many as wanted, on as many machines as wanted. */
import { type JobQueue, type LiveEvents, openLiveEvents, openQueue } from "@ferry/bus";
import { migrationId } from "@ferry/core";
import { openHosts } from "@ferry/hosts";
import { defaultSettings } from "@ferry/migration";
import {
  answerInquiryTopic,
  applyFirewallTopic,
  importImageTopic,
  type Owner,
  openStore,
  runMigrationTopic,
  runServerTaskTopic,
  type Store,
} from "@ferry/store";
import { applyMigrations } from "@ferry/store/migrate";
import { type Logger, pino } from "pino";
import { AbortSignals } from "./abort-signals.ts";
import { answerInquiry } from "./answer-inquiry.ts";
import { readConfig, type WorkerConfig } from "./config.ts";
import { cutProbe } from "./cut-probe.ts";
import type { Worker } from "./dependencies.ts";
import { faultProbe } from "./fault-probe.ts";
import { applyFirewall } from "./firewall/apply-firewall.ts";
import { HostWatches } from "./hosts/watch-hosts.ts";
import { importImage } from "./images/import-image.ts";
import { Pulse } from "./pulse.ts";
import { Purge } from "./purge.ts";
import { reconcile } from "./reconcile.ts";
import { OutboxRelay } from "./relay-outbox.ts";
import { runMigration } from "./run-migration.ts";
import { isoDrives } from "./server-tasks/iso-drives.ts";
import { runServerTask } from "./server-tasks/run-server-task.ts";
import { sshIdentity } from "./ssh-identity.ts";
import { systemClock } from "./system-clock.ts";

const TICK_MS = 2000;
const STOP_WITHIN_MS = 8000;
const INQUIRIES_AT_ONCE = 16;
const IMAGES_AT_ONCE = 2;
const FIREWALLS_AT_ONCE = 8;
/** Most of them wait for a guest that shuts down. */
const SERVER_TASKS_AT_ONCE = 64;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ name: "ferry-worker", level: config.logLevel });
  const onError = (error: Error): void => log.warn({ err: error }, "database or queue trouble; tried again by itself");
  const { databaseUrl: connectionString, redisUrl } = config;
  await applyMigrations(connectionString);
  const [queue, live] = await Promise.all([
    openQueue({ connectionString, redisUrl, onError }),
    openLiveEvents({ connectionString, onError }),
  ]);
  const store = openStore({ connectionString });
  const worker = await makeWorker(config, store, live, log);
  const relay = new OutboxRelay(worker, (topic, key) => queue.add(topic, key));
  const watches = new HostWatches(worker);
  listen(worker, live, relay, queue);
  await queue.work(runMigrationTopic, (key) => runMigration(migrationId(key), worker), { concurrency: config.concurrency });
  await queue.work(runServerTaskTopic, (key) => runServerTask(key, worker), { concurrency: SERVER_TASKS_AT_ONCE });
  await queue.work(importImageTopic, (key) => importImage(key, worker), { concurrency: IMAGES_AT_ONCE });
  await queue.work(applyFirewallTopic, (key) => applyFirewall(key, worker), { concurrency: FIREWALLS_AT_ONCE });
  await queue.work(answerInquiryTopic, (key) => answerInquiry(key, worker), { concurrency: INQUIRIES_AT_ONCE });
  const ticking = keepTicking(worker, queue, relay, watches);
  stopOnSignal(log, async () => {
    await ticking.stop();
    await Promise.all([watches.stop(), queue.close()]);
    await Promise.all([worker.hosts.close(), live.close()]);
    await store.close();
  });
  log.info({ owner: config.owner }, "worker is ready");
}

async function makeWorker(config: WorkerConfig, store: Store, events: LiveEvents, log: Logger): Promise<Worker> {
  const identity = await sshIdentity(config.keyPath);
  return {
    owner: config.owner,
    store,
    hosts: openHosts({ addressOf: (id) => store.hosts.address(id), identity, ...cutProbe(process.env, log) }),
    events,
    clock: systemClock,
    settings: defaultSettings,
    aborts: new AbortSignals(),
    faults: faultProbe(process.env),
    log,
    making: { virtType: config.virtType, configDrives: isoDrives(config.mkisofs) },
    publicKey: identity.publicKey,
    adopter: async () => config.adopter ?? (await adopterOf(store)),
  };
}

/** Guests that ferry finds belong to the first project and its admin, who may hand them on. Asked anew each time: the API makes both, perhaps later than this. */
async function adopterOf(store: Store): Promise<Owner> {
  const project = await store.identity.ensureProject("admin");
  const user = await store.identity.findUser({ name: "admin" });
  return { projectId: project.id, userId: user?.id ?? project.id };
}

function listen({ aborts, log }: Worker, live: LiveEvents, relay: OutboxRelay, queue: JobQueue): void {
  live.on("outbox", () => relay.nudge());
  live.on("resync", () => relay.nudge());
  live.on("abort", ({ migrationId: id }) => aborts.abort(id));
  live.on("firewall", ({ serverId: id }) => {
    queue.add(applyFirewallTopic, id).catch((error: unknown) => log.warn({ err: error, server: id }, "left to the reconciler"));
  });
}

/** What is done every two seconds, whether news came or not: nothing depends on a message that may be lost. */
function keepTicking(worker: Worker, queue: JobQueue, relay: OutboxRelay, watches: HostWatches): { stop: () => Promise<void> } {
  const over = new AbortController();
  const purge = new Purge(worker);
  const pulse = new Pulse(worker);
  const tick = async (): Promise<void> => {
    relay.nudge();
    await watches.tick();
    await reconcile(worker, (topic, key, attempt) => queue.add(topic, key, { attempt }));
    await worker.aborts.catchUp(worker.store);
    await purge.tick();
    await pulse.tick();
  };
  const loop = (async () => {
    while (!over.signal.aborted) {
      await tick().catch((error: unknown) => worker.log.warn({ err: error }, "a round of upkeep failed; the next one tries again"));
      await worker.clock.sleep(TICK_MS, over.signal).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await loop;
      await relay.idle();
    },
  };
}

/** A second signal, or 8 s, ends the process at once; p2p transfers go on without it, and the next worker takes everything up. */
function stopOnSignal(log: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "the worker could not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

await main();
