/** More values arrived than the reader took; the values in between are lost, so the reader must look at the present state again. */
export class QueueOverflowError extends Error {
  override readonly name = "QueueOverflowError";
}

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/**
 * A queue between a writer that never waits and one reader (`for await`). Values that fit are delivered in order, also those that
 * were queued before the end; then iteration ends, or throws the error it was ended with. Leaving the loop closes the queue.
 */
export class BoundedQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #capacity: number;
  readonly #onClose: () => void;
  #values: T[] = [];
  #waiters: Waiter<T>[] = [];
  #ended = false;
  #error: unknown;

  /** `capacity` is the most values kept for a slow reader; `onClose` runs once, when no more values are wanted. */
  constructor(capacity: number, onClose: () => void) {
    this.#capacity = capacity;
    this.#onClose = onClose;
  }

  /** Adds a value; one too many ends the queue with QueueOverflowError. Ignored after the end. */
  push(value: T): void {
    if (this.#ended) return;
    const waiter = this.#waiters.shift();
    if (waiter) waiter.resolve({ done: false, value });
    else if (this.#values.length < this.#capacity) this.#values.push(value);
    else this.end(new QueueOverflowError(`More than ${this.#capacity} values wait for their reader: read faster, or raise the capacity`));
  }

  /** Ends the queue: the reader gets what is queued, then the error (if one is given) once. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#onClose();
    for (const waiter of this.#waiters.splice(0)) this.#finish(waiter);
  }

  /** Ends the queue and forgets what is queued. */
  close(): void {
    this.#values = [];
    this.end();
    this.#error = undefined;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const [value] = this.#values;
    if (this.#values.length > 0) {
      this.#values.shift();
      return Promise.resolve({ done: false, value: value as T });
    }
    return new Promise((resolve, reject) => {
      if (this.#ended) this.#finish({ resolve, reject });
      else this.#waiters.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(waiter: Waiter<T>): void {
    const error = this.#error;
    this.#error = undefined;
    if (error === undefined) waiter.resolve({ done: true, value: undefined });
    else waiter.reject(error);
  }
}
