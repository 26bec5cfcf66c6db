import { isOperationInvalid, type LibvirtConnection } from "@ferry/libvirt";
import { ofGuest } from "./handle.ts";

/**
 * Awaits a call that libvirt refuses (error 55) when the guest is active already. The same number also stands for a stopped network and the like,
 * so the guest's own state decides whether the refusal counts.
 */
export async function unlessActive(connection: LibvirtConnection, uuid: string, call: Promise<unknown>): Promise<void> {
  await unless(call, () => isActive(connection, uuid));
}

/** The same for a call that libvirt refuses when the guest is off. */
export async function unlessOff(connection: LibvirtConnection, uuid: string, call: Promise<unknown>): Promise<void> {
  await unless(call, async () => !(await isActive(connection, uuid)));
}

async function unless(call: Promise<unknown>, isAlreadySo: () => Promise<boolean>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isOperationInvalid(error) || !(await isAlreadySo())) throw error;
  }
}

async function isActive(connection: LibvirtConnection, uuid: string): Promise<boolean> {
  const answer = await ofGuest(connection, uuid, (dom) => connection.call("domainIsActive", { dom }));
  return answer?.active === 1;
}
