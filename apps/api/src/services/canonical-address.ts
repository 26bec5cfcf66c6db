import { SocketAddress } from "node:net";

/** An IPv6 address in its short form, `fe80::1` of `FE80:0::0001`. The contract has checked that it is one. */
export const canonicalIPv6 = (address: string): string => new SocketAddress({ address, family: "ipv6" }).address;
