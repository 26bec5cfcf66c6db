import { contractDocument, type Method, type OperationObject, type ParameterObject, resolveReference } from "./document.ts";
import type { operations } from "./generated/types.ts";
import { covers, type MicroversionRange, minorOf, type Schema } from "./schema.ts";
import { schemaAt } from "./schema-at.ts";

export type OperationId = keyof operations;

/** One operation of the contract, with its references resolved on demand. */
export interface Operation {
  readonly id: OperationId;
  readonly method: Method;
  /** Path template of the contract, `/v2.1/servers/{server_id}`. */
  readonly path: string;
  readonly range: MicroversionRange | undefined;
  /** Whether it is served without a token. */
  readonly open: boolean;
  /** Minor version from which unknown query keys are refused; null: they never are. */
  readonly strictQueryFrom: number | null;
  readonly parameters: readonly ParameterObject[];
  readonly object: OperationObject;
}

/** Every operation that the contract names, in the document's order. */
export const contractOperations: readonly Operation[] = Object.entries(contractDocument.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, object]) => toOperation(method as Method, path, object)),
);

const byId = new Map(contractOperations.map((operation) => [operation.id, operation]));

/** The operation of that id. */
export function operationOf(id: OperationId): Operation {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`The contract has no operation ${id}.`);
  return found;
}

/** The parameters of one place that exist at 2.`minor`, each with its schema at that version. */
export function parametersAt(operation: Operation, place: ParameterObject["in"], minor: number): ParameterObject[] {
  return operation.parameters
    .filter((parameter) => parameter.in === place && covers(parameter["x-microversion"], minor))
    .map((parameter) => ({ ...parameter, schema: atVersion(parameter.schema, minor) }));
}

/** The schema of the request's JSON body at 2.`minor`; null when the operation takes none. */
export function bodySchemaAt(operation: Operation, minor: number): Schema | null {
  const schema = operation.object.requestBody?.content?.["application/json"]?.schema;
  return schema === undefined ? null : atVersion(schema, minor);
}

/** The schema of the JSON patch that the operation takes as its body; null when it takes none. */
export function patchSchemaOf({ object }: Operation): Schema | null {
  const [, patch] = Object.entries(object.requestBody?.content ?? {}).find(([type]) => type.endsWith("json-patch")) ?? [];
  return patch?.schema === undefined ? null : atVersion(patch.schema, 0);
}

/** The schema of the answer's JSON body at 2.`minor`; null when there is no body, undefined when the status is not in the contract. */
export function responseSchemaAt(operation: Operation, status: number, minor: number): Schema | null | undefined {
  const named = operation.object.responses[String(status)];
  if (named === undefined) return undefined;
  const response = named.$ref === undefined ? named : (resolveReference(named.$ref) as typeof named);
  const schema = response.content?.["application/json"]?.schema;
  return schema === undefined ? null : atVersion(schema, minor);
}

const atVersion = (schema: Schema, minor: number): Schema => schemaAt(schema, minor, (reference) => resolveReference(reference) as Schema);

function toOperation(method: Method, path: string, object: OperationObject): Operation {
  const strict = object["x-strict-query"];
  return {
    id: object.operationId as OperationId,
    method,
    path,
    range: object["x-microversion"],
    open: object.security !== undefined && object.security.length === 0,
    strictQueryFrom: strict === undefined ? null : strict === "always" ? 0 : minorOf(strict),
    parameters: (object.parameters ?? []).map((parameter) =>
      parameter.$ref === undefined ? parameter : (resolveReference(parameter.$ref) as ParameterObject),
    ),
    object,
  };
}
