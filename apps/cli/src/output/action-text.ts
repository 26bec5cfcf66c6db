import type { InstanceAction, InstanceActionDetails } from "../api/server-actions.ts";
import { renderFields, renderTable } from "./table.ts";

export function actionsTable(actions: readonly InstanceAction[]): string {
  if (actions.length === 0) return "Nothing was asked of this server yet.";
  const rows = actions.map((one) => [one.action, one.request_id, one.message, `${one.start_time}Z`]);
  return renderTable(["action", "request id", "message", "started"], rows);
}

/** The action, then what happened under it, in order. */
export function actionText(action: InstanceActionDetails): string {
  const { events = [] } = action;
  const fields = renderFields([
    ["action", action.action],
    ["server", action.instance_uuid],
    ["request id", action.request_id],
    ["message", action.message],
    ["user", action.user_id],
    ["project", action.project_id],
    ["started", `${action.start_time}Z`],
  ]);
  const rows = events.map((one) => [one.event, one.result, one.host, timeOf(one.start_time), timeOf(one.finish_time), one.details]);
  return events.length === 0 ? fields : `${fields}\n\n${renderTable(["event", "result", "host", "started", "finished", "details"], rows)}`;
}

const timeOf = (time: string | null): string | null => (time === null ? null : `${time}Z`);
