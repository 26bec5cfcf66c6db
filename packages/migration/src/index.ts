export { firstObstacle } from "./check/all-checks.ts";
export { type CandidateVerdict, judgeCandidates } from "./check/check-conditions.ts";
export { liveMigration } from "./plan.ts";
export { type CheckPorts, defaultSettings, type MigrationPorts, type MigrationSettings } from "./ports.ts";
