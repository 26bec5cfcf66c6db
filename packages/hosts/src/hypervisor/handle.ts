import { type DomainHandle, isNoDomain, type LibvirtConnection } from "@ferry/libvirt";

/** Runs a question about one guest; null when the guest does not exist or ends while it is asked. */
export async function ofGuest<T>(
  connection: LibvirtConnection,
  uuid: string,
  question: (dom: DomainHandle) => Promise<T>,
): Promise<T | null> {
  try {
    const { dom } = await connection.call("domainLookupByUuid", { uuid });
    return await question(dom);
  } catch (error) {
    if (isNoDomain(error)) return null;
    throw error;
  }
}
