import type { Role } from "./policy.ts";

/** Who asks, as the token says. */
export interface Caller {
  readonly userId: string;
  readonly userName: string;
  /** Null for an unscoped token. */
  readonly projectId: string | null;
  readonly projectName: string | null;
  /** As assigned; a stronger role includes the weaker ones. */
  readonly roles: readonly Role[];
  /** Whether the token came from an application credential that may not make others. */
  readonly restricted?: boolean;
}

/** Nova's admin context: reaches every project. */
export const isAdmin = (caller: Caller): boolean => caller.roles.includes("admin");

/** Whether the caller reaches things of that project at all. */
export const reaches = (caller: Caller, projectId: string): boolean => isAdmin(caller) || caller.projectId === projectId;
