import type { Progress } from "../progress/move-view.ts";
import type { ServerEvent } from "../watch/event-stream.ts";
import type { MoveSource } from "../watch/follow.ts";
import type { Api } from "./connect.ts";
import { showMigration } from "./migrations.ts";

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Whether the data of an event has the one list that every progress has; the contract describes the rest. */
const isProgress = (data: unknown): data is Progress => isRecord(data) && Array.isArray(data.disks);

/** Live progress comes as `migration.progress`, in the `data` of the event. */
function progressOf({ event, data }: ServerEvent): Progress | null {
  const inner = isRecord(data) ? data.data : null;
  return event === "migration.progress" && isProgress(inner) ? inner : null;
}

/** The move with that uuid, as the API shows it. */
export function moveSource(api: Api, uuid: string): MoveSource {
  return {
    look: () => showMigration(api, uuid),
    openEvents: (lastEventId, signal) =>
      api.fetchStream(
        new Request(`${api.baseUrl}/ferry/v1/events?migration=${encodeURIComponent(uuid)}`, {
          headers: { accept: "text/event-stream", ...(lastEventId === null ? {} : { "last-event-id": lastEventId }) },
        }),
        signal,
      ),
    progressOf,
  };
}
