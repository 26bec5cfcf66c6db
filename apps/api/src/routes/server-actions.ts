import { covers } from "@ferry/contract";
import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { administrationActions } from "../server-actions/administration.ts";
import { coldMigrationActions } from "../server-actions/cold-migration.ts";
import { declinedActions } from "../server-actions/declined.ts";
import { evacuationActions } from "../server-actions/evacuation.ts";
import { lifecycleActions } from "../server-actions/lifecycle.ts";
import { liveMigrationActions } from "../server-actions/live-migration.ts";
import { rebuildActions } from "../server-actions/rebuild.ts";
import { securityGroupActions } from "../server-actions/security-groups.ts";
import type { ServerAction, ServerActions } from "../server-actions/server-action.ts";
import type { EventFeed } from "../services/event-feed.ts";

/** POST /servers/{id}/action: the one key of the body names the action, whose rule and deed are its own. */
export function serverActionRoutes(store: Store, feed: EventFeed): readonly RouteDefinition[] {
  const actions: ServerActions = {
    ...liveMigrationActions(store, feed),
    ...coldMigrationActions(store),
    ...evacuationActions(store),
    ...lifecycleActions(store),
    ...administrationActions(store),
    ...securityGroupActions(store),
    ...declinedActions,
    ...rebuildActions(store),
  };
  return [
    {
      operation: "serverAction",
      access: "server",
      rule: (body) => namedIn(body, actions).action.rule,
      beforeSchema: (body, minor) => {
        const { action } = namedIn(body, actions);
        if (!covers(action.range, minor)) throw fail("RESOURCE_NOT_FOUND");
      },
      handle: (input) => {
        const { action, value } = namedIn(input.body, actions);
        return action.handle({ ...input, value });
      },
    },
  ];
}

/** The body must be an object with one key, and that key an action that is served. Throws MALFORMED_BODY or UNKNOWN_ACTION. */
function namedIn(body: unknown, actions: ServerActions): { action: ServerAction; value: unknown } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw fail("MALFORMED_BODY");
  const [named, ...more] = Object.entries(body);
  if (named === undefined || more.length > 0) throw fail("MALFORMED_BODY");
  const [key, value] = named;
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
  if (action === undefined) throw fail("UNKNOWN_ACTION", { action: key.slice(0, 100) });
  return { action, value };
}
