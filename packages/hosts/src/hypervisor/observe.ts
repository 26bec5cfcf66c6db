import { type GuestObservation, isFerryError } from "@ferry/core";
import type { DomainHandle, LibvirtConnection } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { ofGuest } from "./handle.ts";
import { migrationJobOf } from "./job.ts";
import { withSavedReason } from "./saved-reason.ts";
import { guestState } from "./states.ts";
import type { DriverTraits } from "./traits/traits.ts";
import { traitsOf } from "./traits/traits-of.ts";

/** A host that says nothing for this long counts as silent. libvirt itself answers these questions at once, whatever the guest does. */
const SILENCE_MS = 15_000;

/** What this host says of the guest now. Never throws: whatever stands in the way is `unreachable`, from which nothing may be concluded. */
export async function observeGuest(link: HostLink, uuid: string): Promise<GuestObservation> {
  const { promise: silence, resolve } = Promise.withResolvers<GuestObservation>();
  const timer = setTimeout(() => resolve({ kind: "unreachable", problem: `no answer within ${SILENCE_MS} ms` }), SILENCE_MS);
  try {
    return await Promise.race([ask(link, uuid), silence]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(link: HostLink, uuid: string): Promise<GuestObservation> {
  const traits = traitsOf(link.address.uri);
  try {
    const seen = await link.ask(`look for guest ${uuid}`, (connection) =>
      ofGuest(connection, uuid, (dom) => look(connection, dom, traits)),
    );
    return seen ?? { kind: "absent" };
  } catch (error) {
    return { kind: "unreachable", problem: isFerryError(error) ? error.message : String(error) };
  }
}

/** The job is read before the state: a job that ends in between is then seen with the state that it left. */
async function look(connection: LibvirtConnection, dom: DomainHandle, traits: DriverTraits): Promise<GuestObservation> {
  const migrationJob = migrationJobOf(await traits.readJob(connection, dom));
  const { state, reason } = await connection.call("domainGetState", { dom, flags: 0 });
  const { persistent } = await connection.call("domainIsPersistent", { dom });
  const seen = await withSavedReason(connection, dom, guestState(state, reason));
  return { kind: "present", ...seen, persistent: persistent === 1, migrationJob };
}
