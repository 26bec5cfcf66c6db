import { fail } from "@ferry/core";
import { ofAllProjects, ofProject, type Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { isTrue } from "../services/loose-boolean.ts";
import { text } from "../services/paging.ts";
import { limitsProject, type QuotaInputs, quotaProject, readQuotas } from "../services/quotas.ts";
import { limitsView, quotaClassView, quotaDetailsView, quotaView } from "../views/quota.ts";

/** /limits, /os-quota-sets and /os-quota-class-sets. */
export function quotaRoutes(store: Store): readonly RouteDefinition[] {
  return [...readRoutes(store), ...writeRoutes(store), ...classRoutes(store)];
}

function readRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "showLimits",
      access: "rule",
      rule: "os_compute_api:limits",
      handle: async ({ query, caller, minor }) => {
        const project = limitsProject(text(query, "tenant_id"), caller);
        const [limits, used] = await Promise.all([store.quotas.limits(project), store.quotas.usage(project)]);
        return { body: { limits: { rate: [], absolute: limitsView(limits, used, minor) } } };
      },
    },
    {
      operation: "showQuotaSet",
      access: "rule",
      rule: "os_compute_api:os-quota-sets:show",
      handle: async ({ params, caller, minor }) => {
        const id = await quotaProject(store, params.project_id ?? "", caller, "os_compute_api:os-quota-sets:show");
        return { body: { quota_set: { id, ...quotaView(await store.quotas.limits(id), minor) } } };
      },
    },
    {
      operation: "showDefaultQuotas",
      access: "rule",
      rule: "os_compute_api:os-quota-sets:defaults",
      handle: async ({ params, caller, minor }) => {
        const id = params.project_id ?? "";
        if (id !== caller.projectId && !(await store.quotas.knowsProject(id))) throw fail("PROJECT_UNKNOWN", { id });
        return { body: { quota_set: { id, ...quotaView(await store.quotas.defaults(), minor) } } };
      },
    },
    {
      operation: "showQuotaDetails",
      access: "rule",
      rule: "os_compute_api:os-quota-sets:detail",
      handle: async ({ params, caller, minor }) => {
        const id = await quotaProject(store, params.project_id ?? "", caller, "os_compute_api:os-quota-sets:detail");
        const [limits, used] = await Promise.all([store.quotas.limits(id), store.quotas.usage(id)]);
        return { body: { quota_set: { id, ...quotaDetailsView(limits, used, minor) } } };
      },
    },
  ];
}

function writeRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "updateQuotaSet",
      access: "rule",
      rule: "os_compute_api:os-quota-sets:update",
      handle: async ({ params, query, body, caller, minor }) => {
        refuseUser(text(query, "user_id"));
        const id = await quotaProject(store, params.project_id ?? "", caller, "os_compute_api:os-quota-sets:update");
        const { force, ...inputs } = (body as { quota_set: QuotaInputs & { force?: boolean | string } }).quota_set;
        await store.quotas.set(ofProject(id), readQuotas(inputs as QuotaInputs), isTrue(force ?? false));
        return { body: { quota_set: quotaView(await store.quotas.limits(id), minor) } };
      },
    },
    {
      operation: "deleteQuotaSet",
      access: "rule",
      rule: "os_compute_api:os-quota-sets:delete",
      handle: async ({ params, query, caller }) => {
        refuseUser(text(query, "user_id"));
        await store.quotas.reset(await quotaProject(store, params.project_id ?? "", caller, "os_compute_api:os-quota-sets:delete"));
        return { status: 202 };
      },
    },
  ];
}

function classRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "showQuotaClass",
      access: "rule",
      rule: "os_compute_api:os-quota-class-sets:show",
      handle: async ({ params, minor }) => {
        const id = classOf(params.quota_class ?? "");
        return { body: { quota_class_set: { id, ...quotaClassView(await store.quotas.defaults(), minor) } } };
      },
    },
    {
      operation: "updateQuotaClass",
      access: "rule",
      rule: "os_compute_api:os-quota-class-sets:update",
      handle: async ({ params, body, minor }) => {
        classOf(params.quota_class ?? "");
        await store.quotas.set(ofAllProjects, readQuotas((body as { quota_class_set: QuotaInputs }).quota_class_set), true);
        return { body: { quota_class_set: quotaClassView(await store.quotas.defaults(), minor) } };
      },
    },
  ];
}

function refuseUser(id: string | undefined): void {
  if (id !== undefined) throw fail("QUOTA_OF_USER", { id });
}

function classOf(id: string): string {
  if (id !== ofAllProjects.owner) throw fail("QUOTA_CLASS_NOT_FOUND", { id });
  return id;
}
