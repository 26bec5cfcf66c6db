import ssh2 from "ssh2";
import { expect, it } from "vitest";
import { generateSshKeyPair } from "../src/index.ts";

/** So many that a malformed one in 256 is missed once in 2 500 runs. */
const PAIRS = 2_000;

it("makes only pairs that can be read, and whose halves belong together", () => {
  const message = Buffer.from("signed");
  for (let number = 0; number < PAIRS; number++) {
    const { privateKey, publicKey } = generateSshKeyPair("ferry-1");
    const [secret, open] = [ssh2.utils.parseKey(privateKey), ssh2.utils.parseKey(publicKey)];
    if (secret instanceof Error || open instanceof Error) throw new Error(`pair ${number}: ${secret}, ${open}`);
    const signature = secret.sign(message);
    if (signature instanceof Error || !open.verify(message, signature)) throw new Error(`pair ${number} does not verify what it signs`);
  }
  expect(generateSshKeyPair("ferry-1").publicKey).toMatch(/^ssh-ed25519 \S{68} ferry-1$/);
});
