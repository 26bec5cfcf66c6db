/** What the HTTP framework alone can do on this machine: every request gets the bytes of the file ANSWER, read once. */
import { readFile } from "node:fs/promises";
import Fastify from "fastify";

const bytes = await readFile(process.env["ANSWER"] ?? "");
const [host, port] = (process.env["FERRY_LISTEN"] ?? "").split(":");

const app = Fastify();
app.get("/*", (_request, reply) => reply.type("application/json; charset=utf-8").send(bytes));
await app.listen({ host: host ?? "127.0.0.1", port: Number(port) });
process.once("SIGTERM", () => void app.close());
