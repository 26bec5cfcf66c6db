import type { Rule } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { known } from "../services/identity-lookup.ts";
import { text } from "../services/paging.ts";
import { domainView, endpointsView, regionView, servicesView } from "../views/identity.ts";
import { listLinks } from "../views/token.ts";

type View = Readonly<Record<string, unknown>>;

/** What does not change: the one domain, the one region, and the services and endpoints of the catalog. */
export const fixedIdentityRoutes: readonly RouteDefinition[] = [
  ...routesOf({
    list: "listDomains",
    show: "showDomain",
    rule: "identity:get_domain",
    kind: "domain",
    keys: ["name"],
    all: (base) => [domainView(base)],
  }),
  ...routesOf({
    list: "listRegions",
    show: "showRegion",
    rule: "identity:get_region",
    kind: "region",
    keys: [],
    all: (base) => [regionView(base)],
  }),
  ...routesOf({
    list: "listCatalogServices",
    show: "showCatalogService",
    rule: "identity:get_service",
    kind: "service",
    keys: ["name", "type"],
    all: servicesView,
  }),
  ...routesOf({
    list: "listEndpoints",
    show: "showEndpoint",
    rule: "identity:get_endpoint",
    kind: "endpoint",
    keys: ["interface", "service_id", "region_id"],
    all: endpointsView,
  }),
];

interface Resource {
  readonly list: "listDomains" | "listRegions" | "listCatalogServices" | "listEndpoints";
  readonly show: "showDomain" | "showRegion" | "showCatalogService" | "showEndpoint";
  readonly rule: Rule;
  readonly kind: string;
  /** Query keys that must equal the attribute of that name. */
  readonly keys: readonly string[];
  readonly all: (base: string) => readonly View[];
}

function routesOf({ list, show, rule, kind, keys, all }: Resource): RouteDefinition[] {
  const asked = (input: Input): readonly View[] =>
    all(input.base).filter((one) => keys.every((key) => [undefined, one[key]].includes(text(input.query, key))));
  return [
    { operation: list, access: "rule", rule, handle: (input) => ({ body: { [`${kind}s`]: asked(input), links: listLinks(input) } }) },
    {
      operation: show,
      access: "rule",
      rule,
      handle: ({ params, base }) => {
        const id = params[`${kind}_id`] ?? "";
        return {
          body: {
            [kind]: known(
              all(base).find((one) => one.id === id),
              kind,
              id,
            ),
          },
        };
      },
    },
  ];
}
