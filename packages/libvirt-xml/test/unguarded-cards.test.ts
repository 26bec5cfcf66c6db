import { unguardedCards } from "@ferry/libvirt-xml";
import { expect, test } from "vitest";

const domain = (...cards: string[]): string => `<domain><name>g</name><devices>${cards.join("")}</devices></domain>`;
const bare = "<interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/><model type='virtio'/></interface>";
const guarded = bare.replace("</interface>", "<filterref filter='wanted'/></interface>");

test("a card that the filter guards already is left alone", () => {
  expect(unguardedCards(domain(guarded), "wanted", {})).toEqual([]);
});

test("a card without it gets it, and keeps the rest", () => {
  const [card, ...more] = unguardedCards(domain(guarded, bare), "wanted", {});
  expect(more).toEqual([]);
  expect(card?.mac).toBe("52:54:00:00:00:01");
  expect(card?.xml).toBe(
    '<interface type="bridge"><mac address="52:54:00:00:00:01"/><source bridge="br0"/><model type="virtio"/><filterref filter="wanted"/></interface>',
  );
});

test("a card with another filter gets this one in its place, without the other one's parameters", () => {
  const other = bare.replace("</interface>", "<filterref filter='old'><parameter name='IP' value='10.0.0.1'/></filterref></interface>");
  const [card] = unguardedCards(domain(other), "wanted", {});
  expect(card?.xml.match(/<filterref.*<\/?filterref|<filterref[^>]*\/>/g)).toEqual(['<filterref filter="wanted"/>']);
  expect(card?.xml).not.toContain("parameter");
});

test("a running card of a libvirt network is named after its network, as its definition does", () => {
  const running = "<interface type='bridge'><mac address='52:54:00:00:00:02'/><source network='lan' portid='x' bridge='br0'/></interface>";
  expect(unguardedCards(domain(running), "wanted", {})[0]?.xml).toContain('<interface type="network">');
});

test("a card whose address is known gets it as the filter's parameter, and is left alone once it has it", () => {
  const addresses = { "52:54:00:00:00:01": "10.0.0.1" };
  const [card] = unguardedCards(domain(guarded), "wanted", addresses);
  expect(card?.xml).toContain('<filterref filter="wanted"><parameter name="IP" value="10.0.0.1"/></filterref>');
  expect(unguardedCards(domain(card?.xml ?? ""), "wanted", addresses)).toEqual([]);
  expect(unguardedCards(domain(card?.xml ?? ""), "wanted", { "52:54:00:00:00:01": "10.0.0.2" })).toHaveLength(1);
});
