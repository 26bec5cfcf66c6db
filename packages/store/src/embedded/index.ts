export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from "./start.ts";
export { stopEmbeddedPostgres } from "./stop.ts";
