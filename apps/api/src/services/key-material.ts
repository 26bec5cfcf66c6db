import { generateKeyPair, X509Certificate } from "node:crypto";
import { promisify } from "node:util";
import { fail } from "@ferry/core";
import type { KeyPairType } from "@ferry/store";
import sshpk from "sshpk";

/** A public key, checked. */
export interface PublicKey {
  readonly publicKey: string;
  /** Hexadecimal with colons: MD5 of an ssh key, SHA-1 of a certificate. */
  readonly fingerprint: string;
}

/** A pair that was made; the private key is PEM and is kept nowhere. */
export interface MadeKey extends PublicKey {
  readonly privateKey: string;
}

/** Nova's kind and length of the keys that it makes. */
const madeBits = 2048;
const certificateYears = 10;

/** Reads a public key that a user gives. Throws KEYPAIR_INVALID. */
export function readPublicKey(type: KeyPairType, text: string): PublicKey {
  const publicKey = text.trim();
  return { publicKey, fingerprint: type === "ssh" ? sshFingerprint(publicKey) : certificateFingerprint(publicKey) };
}

/** Makes a pair: for `ssh` the public key as one line, for `x509` as a certificate that it signs itself. */
export async function makeKeyPair(type: KeyPairType, userId: string): Promise<MadeKey> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: madeBits });
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const key = sshpk.parsePrivateKey(pem, "pem");
  if (type === "x509") return { privateKey: pem, ...readPublicKey(type, certificateOf(key, userId)) };
  const line = key.toPublic();
  line.comment = "Generated-by-ferry";
  return { privateKey: pem, ...readPublicKey(type, line.toString("ssh")) };
}

const certificateOf = (key: sshpk.PrivateKey, userId: string): string =>
  sshpk
    .createSelfSignedCertificate(sshpk.identityForUser(userId), key, {
      lifetime: certificateYears * 365 * 24 * 3600,
      purposes: ["signature", "clientAuth"],
    })
    .toBuffer("pem")
    .toString();

function sshFingerprint(line: string): string {
  if (/[\r\n]/.test(line)) throw invalid("a public key of type ssh is one line");
  try {
    return sshpk.parseKey(line, "ssh").fingerprint("md5").toString("hex");
  } catch (error) {
    throw invalid("failed to generate fingerprint", error);
  }
}

function certificateFingerprint(pem: string): string {
  try {
    return new X509Certificate(pem).fingerprint.toLowerCase();
  } catch (error) {
    throw invalid("failed to generate X509 fingerprint", error);
  }
}

const invalid = (reason: string, cause?: unknown): Error => fail("KEYPAIR_INVALID", { reason }, cause);
