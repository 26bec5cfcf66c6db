import type { MovingGuest } from "./moving-guest.ts";
import type { World } from "./world.ts";

/** Waits until ferry shows the guest in that status: it follows the hosts' events. */
export async function untilStatus(world: World, guest: MovingGuest, status: "ACTIVE" | "PAUSED" | "SHUTOFF"): Promise<void> {
  const { api } = world.stack;
  await api.until(`${guest.name} is shown as ${status}`, async () => {
    const { server } = (await api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: { status: string } };
    return server.status === status ? true : null;
  });
}

/** Waits until ferry shows a host in that state, and returns the sentence about its problem. */
export async function untilHostState(world: World, name: string, state: string, withinMs: number): Promise<string | null> {
  const { api } = world.stack;
  const host = await api.until(
    `host ${name} is ${state}`,
    async () => {
      const shown = (await api.ok("GET", `/ferry/v1/hosts/${name}`)).body["host"] as { state: string; problem: string | null };
      return shown.state === state ? shown : null;
    },
    withinMs,
  );
  return host.problem;
}

/** Waits until no migration of the guest is under way. */
export async function untilIdle(world: World, guest: MovingGuest, withinMs: number): Promise<void> {
  const { api } = world.stack;
  const isIdle = async (): Promise<true | null> => {
    const { server } = (await api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: Record<string, unknown> };
    return server["OS-EXT-STS:task_state"] === null ? true : null;
  };
  await api.until(`${guest.name} is not being moved`, isIdle, withinMs);
}
