import { createInterface } from "node:readline";
import type { OfferedKey } from "../../api/hosts.ts";
import { CliError, usageError } from "../../cli-error.ts";
import type { Context } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { writeLine } from "../../io.ts";
import { escapeControls } from "../../output/escape.ts";

const notTrusted = (address: string): CliError =>
  new CliError("NOT_CONFIRMED", `Host ${address} was not added: its key was not confirmed.`, {
    exitCode: exitCodes.cancelled,
    remedy: "Repeat the command once you have compared the key with the host's own, or give it with --fingerprint.",
  });

/** Asks until the answer is yes or no; the end of the input and Ctrl-C count as no. */
async function answerIsYes({ io, interrupts }: Context, question: string): Promise<boolean> {
  const lines = createInterface({ input: io.stdin });
  const stop = interrupts.listen(() => lines.close());
  try {
    io.stderr.write(question);
    for await (const line of lines) {
      const answer = line.trim().toLowerCase();
      if (answer === "yes" || answer === "no") return answer === "yes";
      io.stderr.write("Please answer yes or no: ");
    }
    return false;
  } finally {
    stop();
    // Leaving the loop only stops the listening for lines: the open interface would go on reading the terminal and keep the process alive.
    lines.close();
  }
}

/**
 * Shows the key that the host offers and asks a person to confirm it. Throws NOT_CONFIRMED for a no; without a terminal nobody can be asked, and
 * USAGE names the option to give instead.
 */
export async function confirmKey(context: Context, address: string, key: OfferedKey): Promise<void> {
  const { io } = context;
  const shown = `${escapeControls(key.type)} ${escapeControls(key.fingerprint)}`;
  if (io.stdin.isTTY !== true)
    throw usageError(
      `Cannot add host ${address} without a terminal to confirm its key: it offers ${shown}.`,
      `Compare it with the host's own, then add: --fingerprint ${key.fingerprint} (or --accept-new to trust what is offered).`,
    );
  writeLine(io.stderr, `Host ${escapeControls(address)} offers the SSH host key ${shown}.`);
  writeLine(io.stderr, "Compare it with: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on the host.");
  if (!(await answerIsYes(context, "Trust this key from now on? (yes/no) "))) throw notTrusted(address);
}
