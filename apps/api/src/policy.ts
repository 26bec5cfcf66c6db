import { fail } from "@ferry/core";
import type { Caller } from "./caller.ts";

/** Roles, weakest first; each includes the ones before it. */
export const roles = ["reader", "member", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

/**
 * Who may do what: rule -> the weakest role that may. Rules of servers hold within the token's project, an admin's reach over all.
 * Names and defaults are Nova's (2025.1, where a project manager may move servers without naming hosts); `ferry:` rules are ours.
 */
export const policyTable = {
  "os_compute_api:servers:index": "reader",
  "os_compute_api:servers:detail": "reader",
  "os_compute_api:servers:show": "reader",
  "os_compute_api:servers:index:get_all_tenants": "admin",
  "os_compute_api:servers:detail:get_all_tenants": "admin",
  "os_compute_api:servers:allow_all_filters": "admin",
  "os_compute_api:servers:show:host_status": "admin",
  "os_compute_api:os-extended-server-attributes": "admin",
  "os_compute_api:servers:create": "member",
  "os_compute_api:servers:create:forced_host": "admin",
  "compute:servers:create:requested_destination": "admin",
  "os_compute_api:servers:start": "member",
  "os_compute_api:servers:stop": "member",
  "os_compute_api:servers:reboot": "member",
  "os_compute_api:servers:delete": "member",
  "os_compute_api:os-deferred-delete:force": "member",
  "os_compute_api:os-pause-server:pause": "member",
  "os_compute_api:os-pause-server:unpause": "member",
  "os_compute_api:os-suspend-server:suspend": "member",
  "os_compute_api:os-suspend-server:resume": "member",
  "os_compute_api:os-lock-server:lock": "member",
  "os_compute_api:os-lock-server:unlock": "member",
  "os_compute_api:os-lock-server:unlock:unlock_override": "admin",
  "os_compute_api:os-admin-actions:reset_state": "admin",
  "os_compute_api:os-migrate-server:migrate": "manager",
  "os_compute_api:os-migrate-server:migrate:host": "admin",
  "os_compute_api:servers:confirm_resize": "member",
  "os_compute_api:servers:revert_resize": "member",
  "os_compute_api:os-migrate-server:migrate_live": "manager",
  "os_compute_api:os-migrate-server:migrate_live:host": "admin",
  "os_compute_api:servers:migrations:index": "manager",
  "os_compute_api:servers:migrations:show": "admin",
  "os_compute_api:servers:migrations:delete": "manager",
  "os_compute_api:servers:migrations:index:host": "admin",
  "os_compute_api:os-migrations:index": "manager",
  "os_compute_api:os-migrations:index:all_projects": "admin",
  "os_compute_api:os-migrations:index:host": "admin",
  "os_compute_api:os-hypervisors:list": "admin",
  "os_compute_api:os-hypervisors:list-detail": "admin",
  "os_compute_api:os-hypervisors:show": "admin",
  "os_compute_api:os-services:list": "admin",
  "os_compute_api:os-services:update": "admin",
  "os_compute_api:os-evacuate": "admin",
  "os_compute_api:os-instance-actions:list": "reader",
  "os_compute_api:os-instance-actions:show": "reader",
  "os_compute_api:os-instance-actions:events": "admin",
  "os_compute_api:os-instance-actions:events:details": "admin",
  "os_compute_api:flavors:index": "reader",
  "os_compute_api:flavors:all": "admin",
  "os_compute_api:flavors:show": "reader",
  "os_compute_api:os-flavor-manage:create": "admin",
  "os_compute_api:os-flavor-manage:delete": "admin",
  "os_compute_api:os-flavor-extra-specs:index": "reader",
  "os_compute_api:os-security-groups:get": "reader",
  "os_compute_api:os-security-groups:get:all_tenants": "admin",
  "os_compute_api:os-security-groups:show": "reader",
  "os_compute_api:os-security-groups:create": "member",
  "os_compute_api:os-security-groups:update": "member",
  "os_compute_api:os-security-groups:delete": "member",
  "os_compute_api:os-security-groups:rule:create": "member",
  "os_compute_api:os-security-groups:rule:delete": "member",
  "os_compute_api:os-security-groups:list": "reader",
  "os_compute_api:os-security-groups:add": "member",
  "os_compute_api:os-security-groups:remove": "member",
  "identity:validate_token": null,
  "identity:check_token": null,
  "identity:revoke_token": null,
  "identity:foreign_token": "admin",
  "identity:get_auth_projects": null,
  "identity:get_auth_catalog": null,
  "ferry:hosts:list": "admin",
  "ferry:hosts:add": "admin",
  "ferry:hosts:scan": "admin",
  "ferry:hosts:show": "admin",
  "ferry:hosts:check": "admin",
  "ferry:hosts:change": "admin",
  "ferry:hosts:fence": "admin",
  "ferry:hosts:remove": "admin",
  "os_compute_api:os-volumes-attachments:index": "reader",
  "os_compute_api:os-volumes-attachments:show": "reader",
  "os_compute_api:os-volumes-attachments:create": "member",
  "os_compute_api:os-volumes-attachments:update": "member",
  "os_compute_api:os-volumes-attachments:delete": "member",
  "ferry:volumes:list": "reader",
  "ferry:volumes:show": "reader",
  "ferry:volumes:show:place": "admin",
  "ferry:volumes:create": "member",
  "ferry:volumes:adopt": "admin",
  "ferry:volumes:delete": "member",
  "ferry:pools:list": "admin",
  "ferry:pools:show": "admin",
  "ferry:pools:define": "admin",
  "ferry:pools:switch": "admin",
  "ferry:pools:remove": "admin",
  "ferry:ssh-key:show": "admin",
  "ferry:images:list": "reader",
  "ferry:images:show": "reader",
  "ferry:images:add": "member",
  "ferry:images:add:host": "admin",
  "ferry:images:add:public": "admin",
  "ferry:images:upload": "member",
  "ferry:images:remove": "member",
  "ferry:firewall:show": "reader",
  "ferry:preflight": "admin",
  "ferry:migrate_live:outcome": "admin",
  "ferry:migrations:show": "manager",
  "ferry:migrations:show:details": "admin",
  "ferry:events": "manager",
} as const satisfies Record<string, Role | null>;

/** null in the table: whoever has a token. */
export type Rule = keyof typeof policyTable;

/** Whether the caller's roles satisfy the rule. */
export function may(caller: Caller, rule: Rule): boolean {
  const needed = policyTable[rule];
  if (needed === null) return true;
  return caller.roles.some((role) => roles.indexOf(role) >= roles.indexOf(needed));
}

/** Throws POLICY_FORBIDS with the rule's name unless the caller may. */
export function enforce(caller: Caller, rule: Rule): void {
  if (!may(caller, rule)) throw fail("POLICY_FORBIDS", { rule });
}
