/** The life of one client as the daemon sees it: what must be cleaned up when the client goes away. */
export class Tenancy {
  readonly #hooks = new Set<() => void>();
  ended = false;

  /** Runs `hook` when the client goes; the returned function takes the wish back. */
  onEnd(hook: () => void): () => void {
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const hook of [...this.#hooks]) hook();
  }

  /** The client is gone, but nobody is left who could clean up (the daemon died). */
  forget(): void {
    this.ended = true;
    this.#hooks.clear();
  }
}
