/** An argument that no POSIX shell can be given. */
export class ShellWordError extends Error {
  override readonly name = "ShellWordError";
}

/**
 * The words as one POSIX shell command line. SSH has no argument arrays: sshd hands one string to the login shell, so this is the only
 * place where a command line is made. Each word is put between single quotes, within which a POSIX shell treats every byte literally;
 * a single quote itself is written as '\''. NUL cannot be an argument of any program and is refused.
 */
export function shellWords(argv: readonly string[]): string {
  if (argv.length === 0) throw new ShellWordError("Cannot run an empty command: give the program's name");
  return argv.map(quote).join(" ");
}

function quote(word: string): string {
  if (word.includes("\0")) throw new ShellWordError(`Cannot pass ${JSON.stringify(word)} to a command: it must not contain NUL`);
  return `'${word.replaceAll("'", "'\\''")}'`;
}
