import type { SecretReference } from "@ferry/core";
import { isNotFound, type LibvirtConnection, secretUsages } from "@ferry/libvirt";

/** Whether libvirt knows the secret. A kind of use that it has no number for cannot be looked up, so such a secret counts as missing. */
export async function hasSecret(connection: LibvirtConnection, secret: SecretReference): Promise<boolean> {
  try {
    if ("uuid" in secret) await connection.call("secretLookupByUuid", { uuid: secret.uuid });
    else if (isUsage(secret.type))
      await connection.call("secretLookupByUsage", { usageType: secretUsages[secret.type], usageId: secret.usage });
    else return false;
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

const isUsage = (type: string): type is keyof typeof secretUsages => Object.hasOwn(secretUsages, type);
