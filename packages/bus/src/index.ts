export { type LiveEvents, type LiveEventsOptions, openLiveEvents } from "./live-events.ts";
export { type LiveMessages, payloadLimitBytes } from "./messages.ts";
export { type JobHandler, type JobOptions, type JobQueue, openQueue, type QueueOptions, type WorkOptions } from "./queue.ts";
