import { fail, parseNetworkKey } from "@ferry/core";

/** Refuses an entry whose two sides are not of one type: a card keeps its type when it moves. */
export function checkNetworkMap(map: Readonly<Record<string, string | null>>): void {
  for (const [elsewhere, here] of Object.entries(map)) {
    if (here === null || parseNetworkKey(elsewhere)?.type === parseNetworkKey(here)?.type) continue;
    const sentence = `Cannot map the network ${elsewhere} to ${here}: the two must be of one type, bridge, network or direct.`;
    throw fail("VALIDATION_FAILED", { sentence });
  }
}
