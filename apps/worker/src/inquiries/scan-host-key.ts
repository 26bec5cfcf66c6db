import { fail, type InquiryAnswer, type InquiryInput } from "@ferry/core";
import { type ScannedHostKey, SshConnectError, scanHostKey } from "@ferry/libvirt";

/** What the address offers as its host key. Nothing is authenticated and nothing is stored. */
export async function scanOffered({ address, port }: InquiryInput<"scan-host-key">): Promise<InquiryAnswer<"scan-host-key">> {
  const key = await scan(address, port);
  return { keys: [{ type: key.type, hostKey: key.publicKey, fingerprint: key.fingerprint }] };
}

async function scan(address: string, port: number): Promise<ScannedHostKey> {
  try {
    return await scanHostKey({ address, port });
  } catch (error) {
    if (!(error instanceof SshConnectError)) throw error;
    throw fail("HOST_UNREACHABLE", { host: address, address: `${address}:${port}`, problem: error.problem }, error);
  }
}
