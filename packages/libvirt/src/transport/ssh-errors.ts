/** Why a host cannot be reached over SSH. */
export type SshFailure = "unreachable" | "timeout" | "authentication" | "settings" | "protocol";

/** No SSH connection to the host. */
export class SshConnectError extends Error {
  override readonly name = "SshConnectError";
  readonly address: string;
  readonly kind: SshFailure;

  constructor(address: string, kind: SshFailure, cause: unknown) {
    super(`Cannot connect to ${address} over SSH: ${sentences[kind]}`, { cause });
    this.address = address;
    this.kind = kind;
  }
}

const sentences: Record<SshFailure, string> = {
  unreachable: "no connection to that address and port; check the address, the network and that sshd runs there",
  timeout: "no answer in time; check the network between here and the host, and the host's load",
  authentication: "the host refused the key; add the public key to ~/.ssh/authorized_keys of that user on the host",
  settings: "a setting cannot be used; check that the private key is an OpenSSH or PEM key and that its passphrase is right",
  protocol: "the two sides could not agree; check that it is an OpenSSH server of a release with current algorithms",
};

/** The SSH connection has ended; everything that used it ended with it. */
export class SshClosedError extends Error {
  override readonly name = "SshClosedError";
}

/** sshd did not open the asked channel: the socket or port is not there, or its configuration forbids it (both look alike). */
export class SshChannelError extends Error {
  override readonly name = "SshChannelError";
}

/** A remote command or file operation did not end in time. */
export class SshDeadlineError extends Error {
  override readonly name = "SshDeadlineError";
}
