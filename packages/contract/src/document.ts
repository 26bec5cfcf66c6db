import bundled from "./generated/document.json" with { type: "json" };
import type { MicroversionRange, Schema } from "./schema.ts";

export type Method = "get" | "post" | "put" | "delete" | "head";

export interface ParameterObject {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-microversion"?: MicroversionRange;
}

interface Referable {
  readonly $ref?: string;
}

interface BodyObject {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface OperationObject {
  readonly operationId: string;
  readonly summary?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly (ParameterObject & Referable)[];
  readonly requestBody?: BodyObject;
  readonly responses: Readonly<Record<string, BodyObject & Referable>>;
  readonly "x-microversion"?: MicroversionRange;
  readonly "x-strict-query"?: string;
  /** Answered with this status only, as by a Nova whose driver lacks it. */
  readonly "x-declined"?: number;
}

export interface ContractDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, OperationObject>>>>>;
  readonly components: Readonly<Record<string, unknown>>;
}

/** The bundled contract, as `GET /openapi.json` answers it. */
export const contractDocument: ContractDocument = bundled as unknown as ContractDocument;

/** What a reference of the document (`#/components/schemas/Server`) names. Throws when there is no such thing. */
export function resolveReference(reference: string): unknown {
  let found: unknown = contractDocument;
  for (const part of reference.replace(/^#\//, "").split("/")) {
    found = (found as Record<string, unknown> | undefined)?.[decodeURIComponent(part.replaceAll("~1", "/").replaceAll("~0", "~"))];
  }
  if (found === undefined) throw new Error(`The contract has no ${reference}.`);
  return found;
}
