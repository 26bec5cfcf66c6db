export { type FerryClient, type FerryClientOptions, openClient } from "./client.ts";
export { type ContractDocument, contractDocument, type Method, type OperationObject, type ParameterObject } from "./document.ts";
export type { components, operations, paths } from "./generated/types.ts";
export {
  bodySchemaAt,
  contractOperations,
  type Operation,
  type OperationId,
  operationOf,
  parametersAt,
  patchSchemaOf,
  responseSchemaAt,
} from "./operations.ts";
export { covers, type MicroversionRange, minorOf, type Schema } from "./schema.ts";
export { schemaAt } from "./schema-at.ts";
