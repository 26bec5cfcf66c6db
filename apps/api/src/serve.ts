import { covers, type Operation, operationOf } from "@ferry/contract";
import { fail, isUuid } from "@ferry/core";
import type { ServerRow } from "@ferry/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "./auth.ts";
import { type Caller, reaches } from "./caller.ts";
import { microversionHeaders, minimumMinor, negotiate } from "./microversion.ts";
import { enforce } from "./policy.ts";
import { RequestCheck } from "./request-check.ts";
import type { Answer, Input, RouteDefinition, ServerRoute } from "./route.ts";
import { refuseUnstorable } from "./storable.ts";
import { baseUrl } from "./urls.ts";

export interface ServeOptions {
  readonly authenticate: Authenticate;
  readonly findServer: (id: string) => Promise<ServerRow | null>;
  readonly publicUrl: string | null;
}

/** How a family of paths treats versions: by header, fixed at 2.1 with unknown keys dropped, or not at all. */
type Dialect = "compute" | "legacy" | "plain";

/** One operation under one path. */
interface Served {
  readonly definition: RouteDefinition;
  readonly operation: Operation;
  readonly check: RequestCheck;
  readonly dialect: Dialect;
  readonly options: ServeOptions;
}

/**
 * Serves the definitions under the paths of the contract. The order of what is looked at is Nova's: token (401), microversion (400, 406),
 * whether the operation exists at it (404), content type (415), JSON (400), project in the URL (400), schema (400), server (404), rule (403);
 * collections test the rule before everything after JSON.
 */
export function serve(app: FastifyInstance, definitions: readonly RouteDefinition[], options: ServeOptions): void {
  for (const definition of definitions) {
    const operation = operationOf(definition.operation);
    const check = new RequestCheck(operation);
    for (const { url, dialect } of urlsOf(operation)) {
      const served = { definition, operation, check, dialect, options };
      app.route({
        method: operation.method,
        url,
        exposeHeadRoute: false,
        config: { operation: operation.id },
        onRequest: (request, reply) => admit(request, reply, served),
        handler: (request, reply) => answer(request, reply, served),
      });
    }
  }
}

/** Compute paths exist with and without a project, and as /v2 without microversions; version documents with and without the slash. */
function urlsOf(operation: Operation): { url: string; dialect: Dialect }[] {
  const url = operation.path.replaceAll(/\{(\w+)\}/g, ":$1");
  if (slashed.has(url)) return plain(url, `${url}/`);
  if (!url.startsWith("/v2.1/")) return plain(url);
  const rest = url.slice("/v2.1".length);
  return [
    { url, dialect: "compute" },
    { url: `/v2.1/:project_in_url${rest}`, dialect: "compute" },
    { url: `/v2${rest}`, dialect: "legacy" },
    { url: `/v2/:project_in_url${rest}`, dialect: "legacy" },
  ];
}

/** Version documents. */
const slashed: ReadonlySet<string> = new Set(["/v2.1", "/v2", "/identity", "/identity/v3", "/image"]);

const plain = (...urls: string[]): { url: string; dialect: Dialect }[] => urls.map((url) => ({ url, dialect: "plain" }));

/** Runs before the body is read. */
async function admit(request: FastifyRequest, reply: FastifyReply, { definition, operation, dialect, options }: Served): Promise<void> {
  request.caller = definition.access === "open" ? null : await options.authenticate(request.headers["x-auth-token"]);
  request.minor = dialect === "compute" ? negotiate(request.headers) : minimumMinor;
  if (dialect === "compute") reply.headers(microversionHeaders(request.minor));
  if (dialect !== "plain" && !covers(operation.range, request.minor)) throw fail("RESOURCE_NOT_FOUND");
}

async function answer(request: FastifyRequest, reply: FastifyReply, served: Served): Promise<FastifyReply> {
  const { definition } = served;
  if (definition.access === "open") return send(reply, await definition.handle(input(request, reply, served)));
  const caller = callerOf(request);
  if (definition.access !== "server") enforce(caller, definition.rule);
  demandOwnProject(request, caller);
  if (definition.access === "server") return await answerAboutServer(definition, request, reply, served);
  const given = { ...input(request, reply, served), caller };
  if (definition.access === "rule") return send(reply, await definition.handle(given));
  await definition.handle(given);
  return reply;
}

async function answerAboutServer(
  definition: ServerRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  served: Served,
): Promise<FastifyReply> {
  definition.beforeSchema?.(request.body, request.minor);
  const caller = callerOf(request);
  const given = { ...input(request, reply, served), caller };
  const server = await reachableServer(given.params.server_id ?? "", caller, definition.deletedToo === true, served.options);
  enforce(caller, typeof definition.rule === "string" ? definition.rule : definition.rule(request.body));
  return send(reply, await definition.handle({ ...given, server }));
}

function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw fail("UNAUTHENTICATED");
  return request.caller;
}

function demandOwnProject(request: FastifyRequest, caller: Caller): void {
  const { project_in_url: asked } = request.params as { project_in_url?: string };
  if (asked === undefined || asked === caller.projectId) return;
  const sentence = `Malformed request URL: URL's project_id '${asked}' doesn't match Context's project_id '${caller.projectId}'`;
  throw fail("VALIDATION_FAILED", { sentence });
}

function input(request: FastifyRequest, reply: FastifyReply, { check, dialect, options }: Served): Input {
  const lenient = dialect === "legacy";
  refuseUnstorable(request);
  check.headers(request.headers);
  const { query, unknownKeys } = check.query(request.query as Record<string, string | string[]>, request.minor, lenient);
  check.body(request.body ?? null, request.minor, lenient);
  return {
    minor: request.minor,
    requestId: request.id,
    params: request.params as Record<string, string>,
    query,
    unknownKeys,
    body: request.body,
    base: baseUrl(options.publicUrl, request.headers.host, "http://127.0.0.1:8774"),
    path: request.url.split("?", 1)[0] ?? "/",
    request,
    reply,
  };
}

async function reachableServer(id: string, caller: Caller, deletedToo: boolean, options: ServeOptions): Promise<ServerRow> {
  const server = isUuid(id) ? await options.findServer(id) : null;
  if (server === null || !reaches(caller, server.projectId)) throw fail("SERVER_NOT_FOUND", { id });
  if (server.vmState === "deleted" && !deletedToo) throw fail("SERVER_NOT_FOUND", { id });
  return server;
}

function send(reply: FastifyReply, { status = 200, headers = {}, body }: Answer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
