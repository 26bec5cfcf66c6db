import ssh2 from "ssh2";

/** A key pair in OpenSSH's own forms: the private key as file content, the public key as one line with its comment. */
export interface SshKeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A fresh Ed25519 key pair without passphrase. */
export function generateSshKeyPair(comment: string): SshKeyPair {
  const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync("ed25519", { comment });
  return { privateKey, publicKey };
}
