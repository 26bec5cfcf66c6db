import { covers, type Schema } from "./schema.ts";

type Resolve = (reference: string) => Schema;

/**
 * The schema as it is at microversion 2.`minor`: references are replaced by what they name, properties and alternatives outside their
 * range are gone, and `required` names only what is left. The contract has no recursive schema, so the result is finite and stands alone.
 */
export function schemaAt(schema: Schema, minor: number, resolve: Resolve): Schema {
  if (schema.$ref !== undefined) {
    const { $ref, ...beside } = schema;
    return schemaAt({ ...resolve($ref), ...beside }, minor, resolve);
  }
  const { properties, required, items, oneOf, anyOf, additionalProperties, ...rest } = schema;
  const kept = properties === undefined ? undefined : propertiesAt(properties, minor, resolve);
  return {
    ...rest,
    ...(kept === undefined ? {} : { properties: kept }),
    ...(required === undefined ? {} : { required: required.filter((name) => kept === undefined || name in kept) }),
    ...(items === undefined ? {} : { items: schemaAt(items, minor, resolve) }),
    ...(additionalProperties === undefined
      ? {}
      : {
          additionalProperties:
            typeof additionalProperties === "boolean" ? additionalProperties : schemaAt(additionalProperties, minor, resolve),
        }),
    ...alternatives("oneOf", oneOf, minor, resolve),
    ...alternatives("anyOf", anyOf, minor, resolve),
  };
}

function propertiesAt(properties: Readonly<Record<string, Schema>>, minor: number, resolve: Resolve): Record<string, Schema> {
  const kept: Record<string, Schema> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (covers(property["x-microversion"], minor)) kept[name] = schemaAt(property, minor, resolve);
  }
  return kept;
}

/** One alternative left takes the place of the list, so that a validator's complaint names its property and not the list. */
function alternatives(keyword: "oneOf" | "anyOf", list: readonly Schema[] | undefined, minor: number, resolve: Resolve): Schema {
  if (list === undefined) return {};
  const kept = list.map((schema) => deref(schema, resolve)).filter((schema) => covers(schema["x-microversion"], minor));
  const [only] = kept;
  if (only !== undefined && kept.length === 1) return schemaAt(only, minor, resolve);
  return { [keyword]: kept.map((schema) => schemaAt(schema, minor, resolve)) };
}

function deref(schema: Schema, resolve: Resolve): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  return deref({ ...resolve($ref), ...beside }, resolve);
}
