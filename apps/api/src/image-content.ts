import type { OperationId } from "@ferry/contract";
import { fail } from "@ferry/core";
import type { FastifyInstance } from "fastify";
import { largestImageBytes } from "./services/upload-image.ts";

/** What Image v2 calls a list of changes. */
export const imagePatchType = "application/openstack-images-v2.1-json-patch";

const uploads: readonly OperationId[] = ["uploadImage", "uploadImageV2"];

/**
 * Content types of images. A disk is too large for memory: the route that takes one reads it from the connection. To other operations both types are
 * as unknown as any other.
 */
export function readImageContent(app: FastifyInstance): void {
  const octets = "application/octet-stream";
  app.addContentTypeParser(octets, { bodyLimit: largestImageBytes }, (request, _content, done) => {
    if (uploads.some((id) => id === request.routeOptions.config.operation)) done(null, null);
    else done(fail("CONTENT_TYPE_UNSUPPORTED", { contentType: octets, wanted: "application/json" }));
  });
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser<string>(imagePatchType, { parseAs: "string" }, (request, text, done) => {
    if (request.routeOptions.config.operation === "updateImageV2") parse(request, text, done);
    else done(fail("CONTENT_TYPE_UNSUPPORTED", { contentType: imagePatchType, wanted: "application/json" }));
  });
}
