/** Breaks one call of an object, counted over all its functions and those of what it returns. */
export interface Breakage {
  /** Which call, 1 is the first; 0 breaks none. */
  readonly nth: number;
  /** Before the call nothing happens; after it the effect is there and the answer lost. */
  readonly when: "before" | "after";
  readonly error: () => Error;
}

/** How many calls were made so far. */
export interface Counter {
  calls: number;
  broken: string | null;
}

/** The object with every asynchronous function counted, and one of them broken. */
export function counted<T extends object>(target: T, breakage: Breakage, counter: Counter, path = ""): T {
  return new Proxy(target, {
    get: (object, key) => {
      const member: unknown = Reflect.get(object, key, object);
      const name = `${path}${String(key)}`;
      if (typeof member === "function") return callOf(object, member, name, breakage, counter);
      return isObject(member) ? counted(member, breakage, counter, `${name}.`) : member;
    },
  });
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function callOf(
  object: object,
  member: CallableFunction,
  name: string,
  breakage: Breakage,
  counter: Counter,
): (...args: unknown[]) => unknown {
  return (...args) => {
    if (name === "openMigration") return counted(Reflect.apply(member, object, args) as object, breakage, counter, "migration.");
    const isBroken = ++counter.calls === breakage.nth;
    if (!isBroken) return Reflect.apply(member, object, args);
    counter.broken = name;
    if (breakage.when === "before") return Promise.reject(breakage.error());
    return Promise.resolve(Reflect.apply(member, object, args)).then(() => Promise.reject(breakage.error()));
  };
}
