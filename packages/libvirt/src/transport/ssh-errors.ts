/** Why a host cannot be reached over SSH. `unreachable`: no way there, or the connection ended before the login. */
export type SshFailure = "unknown-name" | "refused" | "unreachable" | "timeout" | "authentication" | "settings" | "protocol";

/** No SSH connection to the host. */
export class SshConnectError extends Error {
  override readonly name = "SshConnectError";
  readonly address: string;
  readonly kind: SshFailure;

  constructor(address: string, kind: SshFailure, cause: unknown) {
    super(`Cannot connect to ${address} over SSH: ${problems[kind]}; ${remedies[kind]}`, { cause });
    this.address = address;
    this.kind = kind;
  }

  /** What went wrong as a phrase, to stand in another sentence. */
  get problem(): string {
    return problems[this.kind];
  }
}

const problems: Record<SshFailure, string> = {
  "unknown-name": "no address is known for that name",
  refused: "connection refused",
  unreachable: "no connection",
  timeout: "no answer in time",
  authentication: "the host refused the key",
  settings: "a setting cannot be used",
  protocol: "the two sides' SSH algorithms do not fit",
};

const remedies: Record<SshFailure, string> = {
  "unknown-name": "check its spelling and the name service, or give an IP address",
  refused: "check the port and that sshd runs there",
  unreachable: "check the address, the network and that sshd runs there",
  timeout: "check the network between here and the host, and the host's load",
  authentication: "add the public key to ~/.ssh/authorized_keys of that user on the host",
  settings: "check that the private key is an OpenSSH or PEM key and that its passphrase is right",
  protocol: "check that it is an OpenSSH server of a release with current algorithms",
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
