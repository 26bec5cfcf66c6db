import { fail, type QuotaLimits } from "@ferry/core";
import type { Store } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import { enforce, type Rule } from "../policy.ts";
import { injectionQuotas, networkQuotas } from "../views/quota.ts";

/** Quotas as a body holds them, checked against the contract: whole numbers, also as text. */
export type QuotaInputs = Readonly<Record<string, string | number>>;

const fixed: Readonly<Record<string, number>> = { ...networkQuotas, ...injectionQuotas };
const largest = 2_147_483_647;

/** The limits that a body sets. Throws VALIDATION_FAILED for a number out of range, QUOTA_FIXED for one that cannot be another. */
export function readQuotas(inputs: QuotaInputs): Partial<QuotaLimits> {
  const numbers = Object.entries(inputs).map(([resource, value]) => [resource, numberOf(resource, value)] as const);
  for (const [resource, value] of numbers) {
    const limit = fixed[resource];
    if (limit !== undefined && value !== limit) throw fail("QUOTA_FIXED", { resource, limit });
  }
  return Object.fromEntries(numbers.filter(([resource]) => fixed[resource] === undefined)) as Partial<QuotaLimits>;
}

function numberOf(resource: string, value: string | number): number {
  const number = Number(value);
  if (number >= -1 && number <= largest) return number;
  throw fail("VALIDATION_FAILED", {
    sentence: `Invalid input for field/attribute ${resource}. Value: ${value}. It must be from -1 to ${largest}`,
  });
}

/** The project that is asked about: the caller's own, or any for an administrator. Throws POLICY_FORBIDS, PROJECT_UNKNOWN. */
export async function quotaProject(store: Store, id: string, caller: Caller, rule: Rule): Promise<string> {
  if (id === caller.projectId) return id;
  if (!isAdmin(caller)) throw fail("POLICY_FORBIDS", { rule });
  if (!(await store.quotas.knowsProject(id))) throw fail("PROJECT_UNKNOWN", { id });
  return id;
}

/** The project whose limits are shown. Throws POLICY_FORBIDS for another one than the token's, unless an administrator asks. */
export function limitsProject(asked: string | undefined, caller: Caller): string {
  const own = caller.projectId ?? "";
  if (asked === undefined || asked === own) return own;
  enforce(caller, "os_compute_api:limits:other_project");
  return asked;
}
