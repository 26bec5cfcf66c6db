import { randomUUID } from "node:crypto";
import { fail, isFerryError } from "@ferry/core";
import type { Store } from "@ferry/store";
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { tokenFilter } from "./auth.ts";
import { bodyLimitBytes, faultOf } from "./fault.ts";
import { readImageContent } from "./image-content.ts";
import { passJson } from "./json-body.ts";
import { keystoneFilter } from "./keystone/filter.ts";
import { Keystone, type KeystoneSettings } from "./keystone/keystone.ts";
import type { News } from "./news.ts";
import { decorateRequests } from "./request-state.ts";
import type { RouteDefinition } from "./route.ts";
import { aggregateRoutes } from "./routes/aggregates.ts";
import { computeHostRoutes } from "./routes/compute-hosts.ts";
import { docsRoutes } from "./routes/docs.ts";
import { eventRoutes } from "./routes/events.ts";
import { extensionRoutes } from "./routes/extensions.ts";
import { fenceRoutes } from "./routes/fences.ts";
import { ferryMigrationRoutes } from "./routes/ferry-migrations.ts";
import { flavorAccessRoutes } from "./routes/flavor-access.ts";
import { flavorExtraSpecRoutes } from "./routes/flavor-extra-specs.ts";
import { flavorRoutes } from "./routes/flavors.ts";
import { hostRoutes } from "./routes/hosts.ts";
import { hypervisorRoutes } from "./routes/hypervisors.ts";
import { identityRoutes } from "./routes/identity.ts";
import { imageServiceRoutes } from "./routes/image-service.ts";
import { imageRoutes } from "./routes/images.ts";
import { instanceActionRoutes } from "./routes/instance-actions.ts";
import { keyPairRoutes } from "./routes/keypairs.ts";
import { migrationRoutes } from "./routes/migrations.ts";
import { poolRoutes } from "./routes/pools.ts";
import { preflightRoutes } from "./routes/preflight.ts";
import { quotaRoutes } from "./routes/quotas.ts";
import { securityGroupRuleRoutes } from "./routes/security-group-rules.ts";
import { securityGroupRoutes } from "./routes/security-groups.ts";
import { serverActionRoutes } from "./routes/server-actions.ts";
import { serverAddressRoutes } from "./routes/server-addresses.ts";
import { serverCardRoutes } from "./routes/server-cards.ts";
import { serverExtraRoutes } from "./routes/server-extras.ts";
import { serverFirewallRoutes } from "./routes/server-firewall.ts";
import { serverGroupRoutes } from "./routes/server-groups.ts";
import { serverMetadataRoutes } from "./routes/server-metadata.ts";
import { serverMigrationRoutes } from "./routes/server-migrations.ts";
import { serverTagRoutes } from "./routes/server-tags.ts";
import { serverRoutes } from "./routes/servers.ts";
import { serviceDocumentRoutes } from "./routes/service.ts";
import { serviceRoutes } from "./routes/services.ts";
import { tenantUsageRoutes } from "./routes/tenant-usage.ts";
import { versionRoutes } from "./routes/versions.ts";
import { volumeAttachmentRoutes } from "./routes/volume-attachments.ts";
import { volumeRoutes } from "./routes/volumes.ts";
import { zoneRoutes } from "./routes/zones.ts";
import { serve } from "./serve.ts";
import { EventFeed } from "./services/event-feed.ts";
import { openInquirer } from "./services/inquire.ts";
import type { StreamLimits } from "./services/stream-slots.ts";
import { baseUrl } from "./urls.ts";

export interface AppOptions {
  readonly store: Store;
  /** The database's notifications. */
  readonly news: News;
  readonly publicUrl: string | null;
  /** An existing Keystone that validates tokens; without it ferry serves identity itself. */
  readonly keystone?: KeystoneSettings | null;
  readonly logger: FastifyBaseLogger;
  readonly streamLimits?: StreamLimits;
  /** Replaces the deadlines of questions to workers. */
  readonly inquiryDeadlineMs?: number;
}

/** Longest header set and URL part: well above what clients send. */
const longestParameter = 255;

/** Builds the service without listening. The caller owns store and news, and closes the result first. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, news, publicUrl, logger } = options;
  const keystone = options.keystone == null ? null : new Keystone(options.keystone);
  const app = Fastify({
    loggerInstance: logger,
    genReqId: () => `req-${randomUUID()}`,
    requestIdHeader: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: longestParameter },
  });
  decorateRequests(app);
  passJson(app);
  readImageContent(app);
  answerFaults(app, publicUrl, keystone);
  const feed = await EventFeed.open(store, news, (error) => logger.error({ err: error }, "events could not be read"));
  app.addHook("onClose", () => feed.close());
  serve(app, routesOf(options, feed), {
    authenticate: keystone === null ? tokenFilter(store) : keystoneFilter(keystone),
    findServer: (id) => store.serverLists.find(id),
    publicUrl,
  });
  return app;
}

function routesOf(
  { store, news, publicUrl, keystone, streamLimits, inquiryDeadlineMs }: AppOptions,
  feed: EventFeed,
): readonly RouteDefinition[] {
  const inquirer = openInquirer(store, news, inquiryDeadlineMs);
  return [
    ...versionRoutes,
    ...(keystone == null ? identityRoutes(store) : []),
    ...serverRoutes(store),
    ...serverMetadataRoutes(store),
    ...serverTagRoutes(store),
    ...serverAddressRoutes,
    ...serverCardRoutes(store),
    ...serverExtraRoutes(inquirer),
    ...serverActionRoutes(store, feed),
    ...serverMigrationRoutes(store),
    ...migrationRoutes(store),
    ...securityGroupRoutes(store),
    ...securityGroupRuleRoutes(store),
    ...serverFirewallRoutes(store),
    ...hypervisorRoutes(store),
    ...serviceRoutes(store),
    ...instanceActionRoutes(store),
    ...aggregateRoutes(store),
    ...zoneRoutes(store),
    ...computeHostRoutes(store),
    ...tenantUsageRoutes(store),
    ...extensionRoutes,
    ...quotaRoutes(store),
    ...flavorRoutes(store),
    ...keyPairRoutes(store),
    ...serverGroupRoutes(store),
    ...flavorExtraSpecRoutes(store),
    ...flavorAccessRoutes(store),
    ...imageRoutes(store),
    ...imageServiceRoutes(store),
    ...hostRoutes(store, inquirer),
    ...fenceRoutes(store, inquirer),
    ...poolRoutes(store, inquirer),
    ...volumeRoutes(store, inquirer),
    ...volumeAttachmentRoutes(store),
    ...preflightRoutes(store, inquirer),
    ...ferryMigrationRoutes(store),
    ...eventRoutes({ store, feed, news, publicUrl, ...(streamLimits === undefined ? {} : { limits: streamLimits }) }),
    ...serviceDocumentRoutes(store),
    ...docsRoutes,
  ];
}

/** Request ids on every answer, and one form for everything that goes wrong. */
function answerFaults(app: FastifyInstance, publicUrl: string | null, keystone: Keystone | null): void {
  const identityOf = ({ headers }: FastifyRequest): string =>
    keystone?.url ?? `${baseUrl(publicUrl, headers.host, "http://127.0.0.1:8774")}/identity`;
  app.addHook("onRequest", async (request, reply) => {
    reply.headers({ "X-Openstack-Request-Id": request.id, "X-Compute-Request-Id": request.id });
  });
  app.setNotFoundHandler((request, reply) => sendFault(unservedFault(app, request), request, reply, identityOf(request)));
  app.setErrorHandler<FastifyError>((error, request, reply) => sendFault(error, request, reply, identityOf(request)));
}

const methods = ["GET", "POST", "PUT", "DELETE", "HEAD"] as const;

/** A path that is served by another method is 405, any other 404. */
function unservedFault(app: FastifyInstance, request: FastifyRequest): Error {
  const url = request.url.split("?", 1)[0] ?? "/";
  const served = methods.some((method) => method !== request.method && app.findRoute({ method, url }) !== null);
  return served ? fail("METHOD_NOT_ALLOWED", { method: request.method }) : fail("RESOURCE_NOT_FOUND");
}

function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply, identityUrl: string): FastifyReply {
  const { status, code, body } = faultOf(error, request.url, request.headers["content-type"]);
  const log = { err: error, code };
  if (status >= 500) request.log.error(log, "request failed");
  else request.log.info({ code, cause: isFerryError(error) ? error.cause : error }, "request refused");
  if (isFerryError(error) && error.retryAfterSeconds !== null) reply.header("Retry-After", error.retryAfterSeconds);
  if (status === 401) {
    reply.header("WWW-Authenticate", `Keystone uri="${identityUrl}"`);
  }
  return reply
    .code(status)
    .header("X-Ferry-Error-Code", code)
    .type("application/json")
    .send(request.method === "HEAD" ? undefined : body);
}
