import { operationOf, responseSchemaAt, type Schema } from "@ferry/contract";

/** The JSON schema of an image, out of the contract. */
export function imageSchema(): object {
  const { properties } = schemaOf("showImageV2");
  return { name: "image", properties, additionalProperties: { type: "string" }, links: links(["self", "file", "schema"]) };
}

/** The same of a page of them. */
export function imagesSchema(): object {
  const properties = {
    images: { type: "array", items: imageSchema() },
    first: { type: "string" },
    next: { type: "string" },
    schema: { type: "string" },
  };
  return { name: "images", properties, links: links(["first", "next", "schema"]) };
}

function schemaOf(id: "showImageV2"): Schema {
  const schema = responseSchemaAt(operationOf(id), 200, 0);
  if (schema == null) throw new Error(`The contract has no answer for ${id}.`);
  return schema;
}

const links = (names: readonly string[]): object[] => names.map((name) => ({ rel: name, href: `{${name}}` }));
