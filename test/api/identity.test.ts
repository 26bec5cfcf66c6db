import { runExamples } from "./support/examples.ts";

runExamples("identity", [
  "listIdentityVersions",
  "showIdentityVersion",
  "issueToken",
  "validateToken",
  "checkToken",
  "revokeToken",
  "listAuthProjects",
  "listAuthCatalog",
  "listAuthDomains",
  "listAuthSystem",
]);
