/** An object of which only the listed members may be touched: anything else throws, naming what was asked for. */
export function stub<T extends object>(name: string, known: Partial<T>): T {
  return new Proxy(known as T, {
    get(target, key) {
      if (Object.hasOwn(target, key)) return Reflect.get(target, key);
      if (key === "then") return undefined;
      throw new Error(`${name}.${String(key)} was not expected`);
    },
  });
}
