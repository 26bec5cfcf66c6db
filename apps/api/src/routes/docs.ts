import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fail } from "@ferry/core";
import type { Answer, RouteDefinition } from "../route.ts";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>ferry's API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="contract"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#contract", deepLinking: true, docExpansion: "none", validatorUrl: null });
`;

/** The page runs our scripts only, talks to this service only and cannot be framed. Swagger UI writes styles into elements. */
const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const secondsToKeep = 3600;

const answer = (type: string, content: Uint8Array): Answer => ({
  headers: {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Security-Policy": contentPolicy,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": `public, max-age=${secondsToKeep}`,
  },
  body: content,
});

const fromPackage = (name: string): Promise<Uint8Array> => readFile(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)));

/** File name -> its type and how to get it. */
const files: Readonly<Record<string, { readonly type: string; readonly read: () => Promise<Uint8Array> }>> = {
  "swagger-ui.css": { type: "text/css", read: () => fromPackage("swagger-ui.css") },
  "swagger-ui-bundle.js": { type: "text/javascript", read: () => fromPackage("swagger-ui-bundle.js") },
  "start.js": { type: "text/javascript", read: async () => Buffer.from(start) },
};

/** GET /docs and what it loads: the contract as a page, all of it from this service. */
export const docsRoutes: readonly RouteDefinition[] = [
  { operation: "showDocs", access: "open", handle: () => answer("text/html", Buffer.from(page)) },
  {
    operation: "showDocsFile",
    access: "open",
    handle: async ({ params }) => {
      const name = params.docs_file ?? "";
      const file = Object.hasOwn(files, name) ? files[name] : undefined;
      if (file === undefined) throw fail("RESOURCE_NOT_FOUND");
      return answer(file.type, await file.read());
    },
  },
];
