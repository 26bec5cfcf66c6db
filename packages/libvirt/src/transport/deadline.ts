/** Rejects with `onExpire()` unless `work` settles first. The work itself goes on: `onExpire` has to stop it. */
export async function withDeadline<T>(work: Promise<T>, deadlineMs: number, onExpire: () => Error): Promise<T> {
  const expired = Promise.withResolvers<never>();
  const timer = setTimeout(() => expired.reject(onExpire()), deadlineMs);
  try {
    return await Promise.race([work, expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}
