import type { HostLink } from "../link/host-link.ts";
import type { Parties } from "./parties.ts";

/** The way that a guest takes, as its source sees it; all that is needed to end the transfer, also by a worker that did not begin it. */
export interface Way {
  readonly source: HostLink;
  readonly uuid: string;
  /** Address of the destination as the source reaches it, and the port of the login there, which is tried. */
  readonly address: string;
  readonly port: number;
}

export const wayOf = ({ source, destination, request }: Parties): Way => ({
  source,
  uuid: request.guest.uuid,
  address: request.destinationAddress,
  port: request.peer?.port ?? destination.address.port,
});
