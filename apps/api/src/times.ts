/** `2026-01-02T03:04:05Z`: servers and version documents. */
export const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** `2026-01-02T03:04:05.000000`, UTC without saying so: everything else of Nova. */
export const naiveTime = (date: Date): string => `${date.toISOString().slice(0, 23)}000`;

/** `2026-01-02T03:04:05.000000Z`: identity. */
export const identityTime = (date: Date): string => `${naiveTime(date)}Z`;

export const orNull = <T, R>(value: T | null, write: (value: T) => R): R | null => (value === null ? null : write(value));

const form = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/;

/** A time as Nova's clients write it in queries; without a zone it is UTC. Null when it is none. */
export function readTime(text: string): Date | null {
  if (!form.test(text)) return null;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10)) ? text : `${text.length === 10 ? `${text}T00:00` : text}Z`;
  const date = new Date(zoned.replace(" ", "T").replace(/\s+/g, ""));
  return Number.isNaN(date.getTime()) ? null : date;
}
