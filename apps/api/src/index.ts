export { type AppOptions, buildApp } from "./app.ts";
export { openLogger } from "./logger.ts";
