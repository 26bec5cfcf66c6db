import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** Cost of a hash: 32 MiB of memory and some 80 ms. Written into each hash, so that it can grow without breaking old ones. */
const cost = { N: 2 ** 15, r: 8, p: 1 };
const keyBytes = 32;

/** `scrypt$N$r$p$salt$key`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Whether the password has that hash; takes the same time wherever they differ. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = hash.split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined)
    throw new Error("Cannot check a password: its hash is not of ferry's form.");
  const expected = Buffer.from(key, "base64");
  const given = await derive(password, Buffer.from(salt, "base64"), { N: Number(n), r: Number(r), p: Number(p) });
  return timingSafeEqual(given, expected);
}

/** Spends the time of a check for a user who does not exist, so that the answer's delay does not tell. */
export async function spendPasswordCheck(password: string): Promise<false> {
  await derive(password, Buffer.alloc(16), cost);
  return false;
}

function derive(password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, keyBytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
