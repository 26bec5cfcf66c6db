import type { OfferedKey } from "../../api/hosts.ts";
import { CliError } from "../../cli-error.ts";

/** As OpenSSH prefers them: the key that a person is most likely to have at hand for comparing comes first. */
const preference = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "ssh-rsa"];

const rank = ({ type }: OfferedKey): number => (preference.includes(type) ? preference.indexOf(type) : preference.length);

/** `SHA256:abc=`, `abc` -> `SHA256:abc`: with the prefix and without padding, as `ssh-keygen -lf` prints it. */
const normalFingerprint = (text: string): string => `SHA256:${text.replace(/^SHA256:/, "").replace(/=+$/, "")}`;

/** The key to propose. Throws HOST_KEY_MISSING when the host offers none. */
export function preferredKey(address: string, offered: readonly OfferedKey[]): OfferedKey {
  const [best] = [...offered].sort((a, b) => rank(a) - rank(b));
  if (best !== undefined) return best;
  throw new CliError("HOST_KEY_MISSING", `Cannot add host ${address}: it offers no SSH host key.`, {
    remedy: "Check that sshd runs there and has a host key.",
  });
}

/** The offered key with that fingerprint. Throws HOST_KEY_MISMATCH when the host offers others. */
export function keyWithFingerprint(address: string, offered: readonly OfferedKey[], fingerprint: string): OfferedKey {
  const wanted = normalFingerprint(fingerprint);
  const found = offered.find((key) => normalFingerprint(key.fingerprint) === wanted);
  if (found !== undefined) return found;
  const others = offered.map((key) => `${key.type} ${key.fingerprint}`).join(", ") || "none";
  throw new CliError("HOST_KEY_MISMATCH", `Cannot add host ${address}: it offers no key with fingerprint ${wanted}; it offers ${others}.`, {
    remedy:
      "Compare with the output of ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on the host itself; if they differ, somebody may be in between.",
  });
}
