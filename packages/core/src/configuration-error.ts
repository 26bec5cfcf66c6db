/** EX_CONFIG of sysexits.h: a program that ends with it cannot run as it is configured, so starting it again would not help. */
export const configurationExitStatus = 78;

/** A mistake in what a program was told by its environment. `message` is the whole answer: what is wrong, what it must be, and how to set it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
