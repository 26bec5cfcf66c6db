import type { FastifyInstance } from "fastify";

/** What is read as JSON. Nova does so with its own type, and takes text/plain, which some HTTP libraries put in by themselves, for no type at all. */
const types = ["application/json", "application/vnd.openstack.compute+json", "text/plain"];

/** Takes JSON bodies: under a type that stands for JSON, or without any; a body that is empty is none, whatever type it is said to have. */
export function passJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser<string>(types, { parseAs: "string" }, (request, text, done) =>
    text === "" ? done(null, null) : parse(request, text, done),
  );
  app.addHook("onRequest", async ({ headers }) => {
    const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
    if (hasBody) headers["content-type"] ??= types[0];
  });
}
