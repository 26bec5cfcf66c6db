import type { RouteDefinition } from "../route.ts";
import { currentVersion, legacyVersion, versionDocument } from "../views/versions.ts";

export const versionRoutes: readonly RouteDefinition[] = [
  {
    operation: "listVersions",
    access: "open",
    handle: ({ base }) => ({ body: { versions: [legacyVersion(base), currentVersion(base)] } }),
  },
  { operation: "showVersion", access: "open", handle: ({ base }) => ({ body: versionDocument(currentVersion(base)) }) },
  { operation: "showLegacyVersion", access: "open", handle: ({ base }) => ({ body: versionDocument(legacyVersion(base)) }) },
];
