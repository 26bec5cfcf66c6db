export { type AppOptions, buildApp } from "./app.ts";
export type { KeystoneSettings } from "./keystone/keystone.ts";
export { openLogger } from "./logger.ts";
