import { readFile, writeFile } from "node:fs/promises";
import autocannon from "autocannon";
import Table from "cli-table3";
import { ApiWorld, end } from "./api-world.ts";

export interface ApiBenchOptions {
  readonly servers: number;
  readonly connections: number;
  readonly seconds: number;
  readonly json?: string;
}

/** Newest version: the longest answers. */
const microversion = "2.96";
const warmUpSeconds = 2;

/** What was seen of one path. Times are milliseconds. */
interface Figures {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

interface Row {
  readonly call: string;
  readonly bytes: number;
  readonly ferry: Figures;
  readonly bare: Figures;
  /** Resident memory of the API process after the requests, and the most that it ever had, MiB. */
  readonly residentMiB: number;
  readonly peakMiB: number;
}

/** Asks the API for lists and for one server, and a bare route for the same bytes right after, so that both meet the same machine. */
export async function benchApi({ servers, connections, seconds, json }: ApiBenchOptions): Promise<void> {
  const world = await ApiWorld.open(servers);
  const rows: Row[] = [];
  try {
    for (const path of ["/v2.1/servers/detail?limit=1000", `/v2.1/servers/${world.seeded.serverId}`]) {
      rows.push(await measure(world, path, { connections, seconds }));
    }
  } finally {
    await world.close();
  }
  console.log(`\n${servers} servers, ${connections} connections, ${seconds} s each\n${tableOf(rows)}`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ servers, connections, seconds, rows }, null, 1)}\n`);
}

type Load = Pick<ApiBenchOptions, "connections" | "seconds">;

async function measure(world: ApiWorld, path: string, load: Load): Promise<Row> {
  const url = world.api.url + path;
  const headers = { "x-auth-token": world.token, "openstack-api-version": `compute ${microversion}` };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`GET ${path} is answered with ${answer.status}: ${await answer.text()}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const ferry = await fire(url, headers, load);
  const { resident, peak } = await memoryOf(world.api.child.pid ?? 0);
  const bare = await world.bare(bytes);
  const figures = await fire(bare.url + path, headers, load);
  await end(bare.child);
  const call = `GET ${path.replace(world.seeded.serverId, "{id}")}`;
  return { call, bytes: bytes.length, ferry, bare: figures, residentMiB: resident, peakMiB: peak };
}

/** @throws Error when a request failed or was refused. */
async function fire(url: string, headers: Record<string, string>, { connections, seconds }: Load): Promise<Figures> {
  await autocannon({ url, headers, connections, duration: warmUpSeconds });
  const { requests, latency, errors, non2xx } = await autocannon({ url, headers, connections, duration: seconds });
  if (errors + non2xx > 0) throw new Error(`${url}: ${errors} requests failed and ${non2xx} were refused.`);
  return { requestsPerSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}

/** From /proc, MiB. */
async function memoryOf(pid: number): Promise<{ resident: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const field = (name: string): number => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024);
  return { resident: field("VmRSS"), peak: field("VmHWM") };
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ["", "bytes", "requests/s", "p50 ms", "p99 ms", "bare route requests/s", "bare / ferry", "RSS MiB", "most"],
    style: { head: [], border: [] },
  });
  for (const { call, bytes, ferry, bare, residentMiB, peakMiB } of rows) {
    const ratio = (bare.requestsPerSecond / ferry.requestsPerSecond).toFixed(1);
    table.push([
      call,
      bytes,
      ferry.requestsPerSecond.toFixed(1),
      ferry.p50,
      ferry.p99,
      bare.requestsPerSecond.toFixed(1),
      ratio,
      residentMiB,
      peakMiB,
    ]);
  }
  return table.toString();
}
