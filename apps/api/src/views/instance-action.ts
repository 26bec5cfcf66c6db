import type { InstanceActionFullRow, InstanceActionRow } from "@ferry/store";
import { naiveTime, orNull } from "../times.ts";
import { hostIdOf } from "./server.ts";

type View = Record<string, unknown>;

export function instanceActionView(action: InstanceActionRow, minor: number): View {
  return {
    action: action.action,
    instance_uuid: action.serverId,
    request_id: action.requestId,
    user_id: action.userId,
    project_id: action.projectId,
    start_time: naiveTime(action.startTime),
    ...(minor >= 58 ? { updated_at: naiveTime(action.updatedAt) } : {}),
    message: action.message,
  };
}

export interface EventVisibility {
  /** Administrators see hosts, details and (always empty) tracebacks. */
  readonly admin: boolean;
}

/** Events are for administrators below 2.51, for everybody who sees the server from then on. */
export function instanceActionDocument(action: InstanceActionFullRow, minor: number, { admin }: EventVisibility): View {
  const view = instanceActionView(action, minor);
  if (!admin && minor < 51) return view;
  return { ...view, events: action.events.map((event) => eventView(event, action.projectId, minor, admin)) };
}

function eventView(event: InstanceActionFullRow["events"][number], projectId: string, minor: number, admin: boolean): View {
  return {
    event: event.event,
    start_time: naiveTime(event.startTime),
    finish_time: orNull(event.finishTime, naiveTime),
    result: event.result,
    ...(admin ? { traceback: null } : {}),
    ...(minor >= 62 ? { hostId: hostIdOf(projectId, event.host) } : {}),
    ...(minor >= 62 && admin ? { host: event.host } : {}),
    ...(minor >= 84 ? { details: admin ? event.details : null } : {}),
  };
}
