import type { Api } from "./api/connect.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Interrupts } from "./interrupts.ts";
import type { Io } from "./io.ts";
import type { Style } from "./output/style.ts";
import type { Environment } from "./session/credentials.ts";

/** What a command may use of the world; everything else comes in its options. */
export interface Context {
  readonly io: Io;
  readonly env: Environment;
  readonly style: Style;
  readonly interrupts: Interrupts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Writes to standard error when FERRY_DEBUG=1. */
  readonly debug: (text: string) => void;
  /** The API with this user's credentials; read and opened on first use. */
  readonly connect: () => Promise<Api>;
  /** Keeps the exit code of the command that ran. */
  readonly finish: (code: ExitCode) => void;
  /** Ends the process at once. */
  readonly exitNow: (code: ExitCode) => void;
}

/** The deed of a command, apart from its parsing, so tests of the parsing can replace it. */
export type Run<Options> = (options: Options, context: Context) => Promise<ExitCode>;
