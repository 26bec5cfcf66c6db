import type { LiveEvents } from "@ferry/bus";

/** What this process hears of the database's notifications. */
export type News = Pick<LiveEvents, "on">;
