/** Whether the process that holds something is still there. */
export interface Life {
  dead: boolean;
}

/**
 * The object as a process holds it that may be killed: after its death nothing that was asked is answered any more and nothing new is done. What a
 * call returns is mortal too.
 */
export function mortal<T extends object>(target: T, life: Life): T {
  return new Proxy(target, {
    get: (object, key) => {
      const member: unknown = Reflect.get(object, key, object);
      if (typeof member === "function") return callOf(object, member, life);
      return isPlain(member) ? mortal(member, life) : member;
    },
  });
}

const never = (): Promise<never> => new Promise(() => undefined);

function callOf(object: object, member: CallableFunction, life: Life): (...args: unknown[]) => unknown {
  return (...args) => {
    if (life.dead) return never();
    const result: unknown = Reflect.apply(member, object, args);
    if (!(result instanceof Promise)) return isPlain(result) ? mortal(result, life) : result;
    return result.then(
      (value: unknown) => (life.dead ? never() : isPlain(value) && hasMethods(value) ? mortal(value, life) : value),
      (error: unknown) => (life.dead ? never() : Promise.reject(error)),
    );
  };
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Values pass as they are; only what can act is wrapped. */
const hasMethods = (value: object): boolean =>
  Object.values(value).some((member) => typeof member === "function" || (isPlain(member) && hasMethods(member)));
