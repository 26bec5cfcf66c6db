/** The part of JSON Schema 2020-12 and OpenAPI 3.1 that the contract uses; `x-microversion` is ferry's own extension. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly "x-microversion"?: MicroversionRange;
  /** On an action: answered with this status, as by a Nova whose driver lacks it. */
  readonly "x-declined"?: number;
}

/** Microversions as in the contract, `2.23`; a missing end is open. */
export interface MicroversionRange {
  readonly min?: string;
  readonly max?: string;
}

/** The minor number of `2.N`. Throws on any other text: ranges are written by us. */
export function minorOf(microversion: string): number {
  const match = /^2\.(\d+)$/.exec(microversion);
  if (match === null) throw new Error(`Cannot read microversion ${microversion}: must be 2.N.`);
  return Number(match[1]);
}

/** Whether 2.`minor` lies in the range; no range means always. */
export function covers(range: MicroversionRange | undefined, minor: number): boolean {
  if (range === undefined) return true;
  if (range.min !== undefined && minor < minorOf(range.min)) return false;
  return range.max === undefined || minor <= minorOf(range.max);
}
