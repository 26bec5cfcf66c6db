/** Does the work for each item, some at a time, and returns what went wrong, each under its item's words. */
export async function inParallel<T>(
  items: readonly T[],
  words: (item: T) => string,
  work: (item: T) => Promise<void>,
  atATime = 6,
): Promise<string[]> {
  const problems: string[] = [];
  const waiting = [...items];
  const runner = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      const [outcome] = await Promise.allSettled([work(item)]);
      if (outcome.status === "rejected") problems.push(`${words(item)}:\n${String(outcome.reason?.message ?? outcome.reason)}`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, runner));
  return problems;
}
