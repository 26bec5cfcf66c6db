import type { ProjectChange, Store } from "@ferry/store";
import { enforce } from "../policy.ts";
import type { RouteDefinition } from "../route.ts";
import { known } from "../services/identity-lookup.ts";
import { flag, text } from "../services/paging.ts";
import { listLinks, projectView } from "../views/token.ts";

/** The body of POST and PATCH /v3/projects, checked. */
interface ProjectBody {
  readonly project: { readonly name?: string; readonly description?: string | null; readonly enabled?: boolean };
}

/** /identity/v3/projects. */
export function projectRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listProjects",
      access: "rule",
      rule: "identity:list_projects",
      handle: async (input) => {
        const [name, enabled] = [text(input.query, "name"), flag(input.query, "enabled")];
        const filter = { ...(name === undefined ? {} : { name }), ...(enabled === undefined ? {} : { enabled }) };
        const projects = text(input.query, "is_domain")?.toLowerCase() === "true" ? [] : await store.projects.list(filter);
        return { body: { projects: projects.map((project) => projectView(project, input.base)), links: listLinks(input) } };
      },
    },
    {
      operation: "createProject",
      access: "rule",
      rule: "identity:create_project",
      handle: async ({ body, base }) => {
        const { project } = body as ProjectBody;
        const added = await store.projects.add({ ...changeOf(project), name: project.name ?? "" });
        return { status: 201, body: { project: projectView(added, base) } };
      },
    },
    {
      operation: "showProject",
      access: "rule",
      rule: "identity:own",
      handle: async ({ params, caller, base }) => {
        const id = params.project_id ?? "";
        if (caller.projectId !== id) enforce(caller, "identity:get_project");
        return { body: { project: projectView(known(await store.identity.findProject({ id }), "project", id), base) } };
      },
    },
    {
      operation: "updateProject",
      access: "rule",
      rule: "identity:update_project",
      handle: async ({ params, body, base }) => {
        const id = params.project_id ?? "";
        const changed = await store.projects.change(id, changeOf((body as ProjectBody).project));
        return { body: { project: projectView(known(changed, "project", id), base) } };
      },
    },
    {
      operation: "deleteProject",
      access: "rule",
      rule: "identity:delete_project",
      handle: async ({ params }) => {
        const id = params.project_id ?? "";
        known(await store.projects.remove(id), "project", id);
        return { status: 204 };
      },
    },
  ];
}

function changeOf({ name, description, enabled }: ProjectBody["project"]): ProjectChange {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? "" }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}
