import { fail, MINUTE } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import type { News } from "../news.ts";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import type { EventFeed } from "../services/event-feed.ts";
import { concerns, EventOrder, type StreamFilter } from "../services/event-stream.ts";
import { type MigrationScope, migrationScopes } from "../services/migration-scopes.ts";
import { text } from "../services/paging.ts";
import { openSse, type SseConnection } from "../services/sse-connection.ts";
import { defaultStreamLimits, type StreamLimits, streamSlots } from "../services/stream-slots.ts";
import { progressEventView, storedEventView } from "../views/stream-event.ts";

/** A stream ends after this time, so that tokens and roles are looked at again. */
const lifetimeMs = 60 * MINUTE;
/** Kept events read at once for a replay. */
const batch = 500;

export interface EventRouteOptions {
  readonly store: Store;
  readonly feed: EventFeed;
  readonly news: News;
  readonly publicUrl: string | null;
  readonly limits?: StreamLimits;
}

/** GET /ferry/v1/events. */
export function eventRoutes(options: EventRouteOptions): readonly RouteDefinition[] {
  const slots = streamSlots(options.limits ?? defaultStreamLimits);
  const scopeOf = migrationScopes(options.store);
  return [
    {
      operation: "streamEvents",
      access: "stream",
      rule: "ferry:events",
      handle: async (input) => {
        refuseForeignOrigin(input, options.publicUrl);
        const afterId = await startOf(input, options.store);
        stream(input, options, afterId, scopeOf, slots.take(input.caller.userId));
      },
    },
  ];
}

type Asking = Input & { readonly caller: Caller };

/** Browsers name the page that asks; another site's page must not listen with this user's rights. */
function refuseForeignOrigin({ request, base }: Input, publicUrl: string | null): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  const own = [base, publicUrl ?? base].map((url) => URL.parse(url)?.origin);
  if (!own.includes(origin)) throw fail("ORIGIN_REFUSED", { origin: origin.slice(0, 200) });
}

/** The id after which the stream starts: what the client has seen, else now. */
async function startOf({ request }: Input, store: Store): Promise<number> {
  const seen = request.headers["last-event-id"];
  return seen === undefined ? await store.events.lastId() : Number(seen);
}

function stream(
  input: Asking,
  { store, feed, news }: EventRouteOptions,
  afterId: number,
  scopeOf: (migrationId: string) => Promise<MigrationScope | null>,
  release: () => void,
): void {
  const { caller, query, request, reply, requestId } = input;
  const filter = { serverId: text(query, "server") ?? null, migrationId: text(query, "migration") ?? null };
  const details = may(caller, "ferry:migrations:show:details");
  const stops: (() => void)[] = [release];
  reply.hijack();
  const connection = openSse(
    reply.raw,
    { "X-Openstack-Request-Id": requestId, "X-Compute-Request-Id": requestId },
    {
      end: () => {
        for (const stop of stops) stop();
      },
      cut: (unreadBytes) => request.log.warn({ unreadBytes }, "event stream cut: its client does not read"),
    },
  );
  const order = new EventOrder(afterId, (event) => {
    if (concerns(event, caller, filter)) connection.push(storedEventView(event, details));
  });
  stops.push(feed.listen((event) => order.live(event)));
  stops.push(
    news.on("progress", ({ migrationId, progress }) => {
      if (filter.migrationId !== null && filter.migrationId !== migrationId) return;
      scopeOf(migrationId).then(
        (scope) => {
          if (scope === null || !concerns({ ...scope, migrationId }, caller, filter)) return;
          connection.push(progressEventView(migrationId, scope.serverId, progress, new Date()));
        },
        (error: unknown) => request.log.warn({ err: error }, "live progress could not be told"),
      );
    }),
  );
  const expiry = setTimeout(() => reply.raw.end(), lifetimeMs);
  stops.push(() => clearTimeout(expiry));
  replay(store, order, connection, filter).catch((error: unknown) => {
    request.log.error({ err: error }, "event stream ended: kept events could not be read");
    reply.raw.destroy();
  });
}

/** Reads what was kept since the last id the listener knows, page by page, then lets live events pass. */
async function replay(store: Store, order: EventOrder, connection: SseConnection, filter: StreamFilter): Promise<void> {
  const narrowed = {
    ...(filter.serverId === null ? {} : { serverId: filter.serverId }),
    ...(filter.migrationId === null ? {} : { migrationId: filter.migrationId }),
  };
  while (connection.isOpen()) {
    const events = await store.events.since(order.lastId, narrowed, batch);
    for (const event of events) order.replay(event);
    if (events.length < batch) break;
  }
  order.goLive();
}
