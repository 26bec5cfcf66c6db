/** Ctrl-C, as the commands see it. */
export interface Interrupts {
  /** Calls `listener` at each Ctrl-C until the returned function is called. Without a listener the process ends as usual. */
  listen(listener: () => void): () => void;
}

/** Ctrl-C and `kill -TERM` of this process. */
export const processInterrupts: Interrupts = {
  listen(listener) {
    process.on("SIGINT", listener);
    process.on("SIGTERM", listener);
    return () => {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    };
  },
};
