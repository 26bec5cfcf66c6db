export { isSecurityFilter } from "@ferry/libvirt-xml";
export { firstObstacle } from "./check/all-checks.ts";
export { type CandidateVerdict, judgeCandidates } from "./check/check-conditions.ts";
export { coldMigration, confirmation, reversal, stateMigration } from "./cold-plan.ts";
export { liveMigration } from "./plan.ts";
export { diskPath } from "./policy/disk-path.ts";
export { type CheckPorts, defaultSettings, type MigrationPorts, type MigrationSettings } from "./ports.ts";
export { placeSecurityFilters, refreshSecurityFilters } from "./security/place-security-filters.ts";
export { placedFilterUuid } from "./setup/place-firewall-rules.ts";
