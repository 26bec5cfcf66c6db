import { connect, type Socket } from "node:net";
import { type LibvirtChannel, LibvirtUnreachableError } from "./libvirt-channel.ts";

/** A connection to libvirt's socket on this machine. */
export function openUnixChannel(path: string): Promise<LibvirtChannel> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ path });
    const refuse = (cause: Error): void =>
      reject(new LibvirtUnreachableError(`Cannot open ${path}: check that libvirtd runs and that this user may use it`, cause));
    socket.once("error", refuse);
    socket.once("connect", () => {
      socket.off("error", refuse);
      resolve({ duplex: socket, route: path, complaint: () => "" });
    });
  });
}
