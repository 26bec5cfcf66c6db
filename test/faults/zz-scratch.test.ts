import { it } from "vitest";
import { richMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
const inWorld = worlds();
const log: [string, number][] = [];
function wrap<T extends object>(t: T, path = ""): T {
  return new Proxy(t, { get(o, k) { const m: any = Reflect.get(o, k, o); const n = path + String(k);
    if (typeof m === "function") return (...a: any[]) => { if (n === "openMigration") return wrap(m.apply(o, a), "m."); const s = performance.now(); const r = m.apply(o, a); Promise.resolve(r).then(() => log.push([n, performance.now() - s]), () => undefined); return r; };
    return m && typeof m === "object" && Object.getPrototypeOf(m) === Object.prototype ? wrap(m, n + ".") : m; } });
}
it("counts", { timeout: 100000 }, async () => {
  for (let i = 0; i < 3; i++) { log.length = 0; const s = performance.now();
  await inWorld(richMoves[0]!, async (world) => { const a = performance.now(); await world.worker(undefined, (store) => wrap(store)).run(world.migration.id); console.log("run ms", performance.now() - a); }); }
  const by = new Map<string, number[]>(); for (const [n, t] of log) by.set(n, [...(by.get(n) ?? []), t]);
  console.log(log.length, log.reduce((x, [, t]) => x + t, 0)); for (const [n, ts] of by) console.log(n.padEnd(30), ts.length, Math.min(...ts).toFixed(1), (ts.reduce((x, y) => x + y) / ts.length).toFixed(1));
});
