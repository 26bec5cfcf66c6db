import type { UpstreamApi, UpstreamCall, UpstreamGroup } from "./operations.ts";

interface Range {
  readonly min?: string;
  readonly max?: string;
}

interface ContractSchema {
  readonly properties?: Readonly<Record<string, ContractSchema>>;
  readonly "x-microversion"?: Range;
  readonly "x-declined"?: number;
}

interface ContractOperation {
  readonly "x-microversion"?: Range;
  readonly "x-declined"?: number;
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: ContractSchema }>> };
}

/** The contract as far as this page reads it; references inside bodies are resolved. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>;
}

/** What ferry does with a call: serves it, answers it with the status of a Nova whose driver lacks it, or has no such thing. */
export type Verdict =
  | { readonly kind: "served" | "declined"; readonly range: Range; readonly status?: number }
  | { readonly kind: "absent"; readonly reason: string };

export interface Judged {
  readonly call: UpstreamCall;
  readonly verdict: Verdict;
}

/** What the contract says of a call. */
export function judge(contract: Contract, api: UpstreamApi, group: UpstreamGroup, call: UpstreamCall): Verdict {
  return find(contract, api.root, call.call) ?? { kind: "absent", reason: call.absent ?? group.absent ?? "Not built." };
}

function find(contract: Contract, root: string, call: string): Verdict | null {
  const [method = "", rest = ""] = call.split(" ");
  const [path = "", action] = rest.split("#");
  const wanted = shapeOf(root + path);
  const item = Object.entries(contract.paths).find(([template]) => shapeOf(template) === wanted)?.[1];
  const operation = item?.[method.toLowerCase()];
  if (operation === undefined) return null;
  const range = operation["x-microversion"] ?? {};
  if (action === undefined) return verdictOf(operation, range);
  const properties = operation.requestBody?.content?.["application/json"]?.schema?.properties ?? {};
  const value = properties[action];
  return value === undefined ? null : verdictOf(value, value["x-microversion"] ?? range);
}

function verdictOf({ "x-declined": status }: ContractOperation | ContractSchema, range: Range): Verdict {
  return status === undefined ? { kind: "served", range } : { kind: "declined", range, status };
}

/** Paths are the same when they differ in nothing but the names of their parts. */
const shapeOf = (path: string): string => path.replaceAll(/\{\w+\}/g, "{}").replace(/(?<=.)\/$/, "");
