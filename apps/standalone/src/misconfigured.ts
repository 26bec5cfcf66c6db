import { ConfigurationError, configurationExitStatus } from "@ferry/core";

/** Ends the process with one sentence when its configuration is wrong, with the status that says "do not start it again"; throws any other error on. */
export function endIfMisconfigured(error: unknown): never {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exit(configurationExitStatus);
}
