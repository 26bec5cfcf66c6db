export { type ExitCode, exitCodes } from "./exit-codes.ts";
export type { Interrupts } from "./interrupts.ts";
export type { Io, Output } from "./io.ts";
export { runFerry, runLiveMigrationProgram, type World } from "./main.ts";
