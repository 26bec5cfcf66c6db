import ssh2 from "ssh2";

/** A key pair in OpenSSH's own forms: the private key as file content, the public key as one line with its comment. */
export interface SshKeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/**
 * A fresh Ed25519 key pair without passphrase. ssh2 1.17 drops a leading zero byte of the public key, so about one pair in 256 comes out
 * malformed and no ssh would read it: such a pair is thrown away.
 */
export function generateSshKeyPair(comment: string): SshKeyPair {
  for (;;) {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    if (!(ssh2.utils.parseKey(privateKey) instanceof Error)) return { privateKey, publicKey };
  }
}
