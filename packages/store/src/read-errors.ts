/** PostgreSQL's invalid_regular_expression. */
const invalidRegularExpression = "2201B";

/** Whether the database refused a regular expression that the caller gave. */
export function isInvalidRegex(error: unknown): boolean {
  return sqlStateOf(error) === invalidRegularExpression;
}

/** SQLSTATE of a failed raw query, wherever Prisma's adapter put it; null when there is none. */
function sqlStateOf(error: unknown): string | null {
  for (let depth = 0, current = error; depth < 6 && typeof current === "object" && current !== null; depth += 1) {
    const { originalCode, meta, driverAdapterError, cause } = current as Record<string, unknown>;
    if (typeof originalCode === "string") return originalCode;
    if (typeof meta === "object" && meta !== null && "code" in meta && typeof meta.code === "string") return meta.code;
    current = driverAdapterError ?? (meta as Record<string, unknown> | undefined)?.driverAdapterError ?? cause;
  }
  return null;
}
