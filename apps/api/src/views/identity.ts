import type { ApplicationCredential, AssignedRole, Role, UserRecord } from "@ferry/store";
import { identityTime, orNull } from "../times.ts";
import { catalogView, domain, region, roleId } from "./token.ts";

type View = Record<string, unknown>;

const self = (base: string, path: string): View => ({ self: `${base}/identity/v3${path}` });

export const userView = (user: UserRecord, base: string): View => ({
  id: user.id,
  name: user.name,
  domain_id: domain.id,
  enabled: user.enabled,
  description: user.description,
  ...(user.email === null ? {} : { email: user.email }),
  ...(user.defaultProjectId === null ? {} : { default_project_id: user.defaultProjectId }),
  password_expires_at: null,
  options: {},
  links: self(base, `/users/${user.id}`),
});

export const roleView = (role: Role, base: string): View => ({
  id: roleId(role),
  name: role,
  domain_id: null,
  description: null,
  options: {},
  links: self(base, `/roles/${roleId(role)}`),
});

export function assignmentView({ role, user, project }: AssignedRole, base: string, withNames: boolean): View {
  const of = ({ id, name }: { id: string; name: string }): View => (withNames ? { id, name, domain } : { id });
  return {
    role: withNames ? { id: roleId(role), name: role } : { id: roleId(role) },
    user: of(user),
    scope: { project: of(project) },
    links: { assignment: `${base}/identity/v3/projects/${project.id}/users/${user.id}/roles/${roleId(role)}` },
  };
}

export const domainView = (base: string): View => ({
  ...domain,
  description: "The one domain",
  enabled: true,
  tags: [],
  options: {},
  links: self(base, `/domains/${domain.id}`),
});

export const regionView = (base: string): View => ({
  id: region,
  description: "",
  parent_region_id: null,
  links: self(base, `/regions/${region}`),
});

export const servicesView = (base: string): View[] =>
  catalogView(base).map(({ id, type, name }) => ({ id, type, name, enabled: true, links: self(base, `/services/${id}`) }));

export const endpointsView = (base: string): View[] =>
  catalogView(base).flatMap(({ id: service_id, endpoints }) =>
    endpoints.map((endpoint) => ({ ...endpoint, service_id, enabled: true, links: self(base, `/endpoints/${endpoint.id}`) })),
  );

export const credentialView = (credential: ApplicationCredential, base: string): View => ({
  id: credential.id,
  name: credential.name,
  description: credential.description,
  project_id: credential.projectId,
  roles: credential.roles.map((role) => ({ id: roleId(role), name: role, domain_id: null })),
  expires_at: orNull(credential.expiresAt, (time) => identityTime(time).slice(0, -1)),
  unrestricted: credential.unrestricted,
  links: self(base, `/users/${credential.userId}/application_credentials/${credential.id}`),
});
