import { isIPv6 } from "node:net";
import type { TransferRequest } from "@ferry/core";
import { migrateParams as p, param, type TypedParam } from "@ferry/libvirt";
import { qemu } from "../hypervisor/traits/qemu.ts";
import type { DriverTraits } from "../hypervisor/traits/traits.ts";

/** The parameters that all calls of a transfer take; each side ignores what is not its business, and the driver gets none that it refuses. */
export function transferParameters(request: TransferRequest, traits: Pick<DriverTraits, "takesParameter"> = qemu): TypedParam[] {
  return allParameters(request).filter(({ field }) => traits.takesParameter(field));
}

function allParameters(request: TransferRequest): TypedParam[] {
  return [
    ...(request.tunnelled ? [] : streamParameters(request)),
    param.string(p.destinationXml, request.liveXml),
    param.string(p.persistentXml, request.persistentXml),
    ...request.copyDisks.map((target) => param.string(p.disks, target)),
    ...(request.bandwidthMiBps > 0 ? [param.ullong(p.bandwidth, BigInt(Math.floor(request.bandwidthMiBps)))] : []),
  ];
}

/** Where the memory stream goes; one that is tunnelled has no place of its own, and libvirt refuses an address for it. */
const streamParameters = ({ destinationAddress, listenAddress }: TransferRequest): TypedParam[] => [
  param.string(p.uri, `tcp://${bracketed(destinationAddress)}`),
  param.string(p.listenAddress, listenAddress),
];

/** The list with one string parameter set anew. */
export function withParameter(params: readonly TypedParam[], field: string, value: string): TypedParam[] {
  return [...params.filter((candidate) => candidate.field !== field), param.string(field, value)];
}

/**
 * Address of the destination's libvirt as the source's libvirtd dials it: with the key that ferry placed, without ever asking, and with the
 * host key checked against root's known_hosts.
 */
export function peerUri(
  request: TransferRequest,
  peer: NonNullable<TransferRequest["peer"]>,
  { scheme }: Pick<DriverTraits, "scheme"> = qemu,
): string {
  const options = new URLSearchParams({ keyfile: peer.privateKeyPath, no_tty: "1" });
  const user = encodeURIComponent(peer.user);
  return `${scheme}+ssh://${user}@${bracketed(request.destinationAddress)}:${peer.port}/system?${options}`;
}

const bracketed = (address: string): string => (isIPv6(address) ? `[${address}]` : address);
