import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { codeOf, type GetSubject } from "./subject.ts";

export function firewallSuite(get: GetSubject): void {
  describe("the firewall port", () => {
    const firewall = () => get().destination.firewall;
    const newFilter = (rules = "<rule action='drop' direction='out' priority='500'/>") => {
      const name = `conformance-${randomUUID()}`;
      return { name, uuid: randomUUID(), rulesXml: `<filter chain='root' name='${name}'>${rules}</filter>` };
    };

    it("defines a filter under the given uuid, again and again the same", async () => {
      const filter = newFilter();
      await firewall().define(filter);
      const first = await firewall().filter(filter.name);
      await firewall().define(filter);
      expect(first).toMatchObject({ name: filter.name, uuid: filter.uuid, references: [] });
      expect(await firewall().filter(filter.name)).toEqual(first);
      expect(await firewall().remove(filter.uuid)).toBe("removed");
    });

    it("carries rules over so that both sides compare equal", async () => {
      const { source, guest } = get();
      const original = await source.firewall.filter(guest.filter);
      if (!original) throw new Error("the guest's filter is not on the source");
      const before = await firewall().filter(guest.filter);
      if (!before) await firewall().define({ ...original, uuid: randomUUID() });
      expect((await firewall().filter(guest.filter))?.rulesXml).toBe(original.rulesXml);
      if (!before) await firewall().remove((await firewall().filter(guest.filter))?.uuid ?? "");
    });

    it("refuses a name that belongs to another uuid", async () => {
      const filter = newFilter();
      await firewall().define(filter);
      expect(await codeOf(firewall().define({ ...filter, uuid: randomUUID() }))).toBe("DESTINATION_OCCUPIED");
      await firewall().remove(filter.uuid);
    });

    it("says of a filter who carries its rules out, and of the host whether it would", async () => {
      const filter = newFilter("<rule action='accept' direction='in'><tcp dstportstart='80'/></rule>");
      await firewall().define(filter);
      expect(await firewall().filter(filter.name)).toMatchObject({ filtersIp: true });
      expect([true, false, null]).toContain(await firewall().seesBridgedTraffic());
      await firewall().remove(filter.uuid);
    });

    it("removes once, and is content the second time", async () => {
      const filter = newFilter();
      await firewall().define(filter);
      expect(await firewall().remove(filter.uuid)).toBe("removed");
      expect(await firewall().remove(filter.uuid)).toBe("absent");
      expect(await firewall().filter(filter.name)).toBeNull();
    });

    it("keeps what another filter refers to", async () => {
      const below = newFilter();
      const above = newFilter(`<filterref filter='${below.name}'/>`);
      await firewall().define(below);
      await firewall().define(above);
      expect((await firewall().filter(above.name))?.references).toEqual([below.name]);
      expect(await firewall().remove(below.uuid)).toBe("kept");
      expect(await firewall().remove(above.uuid)).toBe("removed");
      expect(await firewall().remove(below.uuid)).toBe("removed");
    });

    it("has another filter guard a running guest, now and after its next start, and says so of a guest that is not there", async () => {
      const { source, guest } = get();
      const filter = newFilter();
      await source.firewall.define(filter);
      for (let time = 0; time < 2; time++) expect(await source.firewall.guard(guest.uuid, filter.name, {})).toBe("guarded");
      for (const view of ["live", "persistent"] as const) {
        const document = await source.hypervisor.document(guest.uuid, view);
        expect(document?.definition.interfaces.map((card) => card.filter)).toEqual([filter.name]);
      }
      const live = await source.hypervisor.document(guest.uuid, "live");
      const addresses = Object.fromEntries((live?.definition.interfaces ?? []).map(({ mac }) => [mac, "198.18.0.9"]));
      expect(await source.firewall.guard(guest.uuid, filter.name, addresses)).toBe("guarded");
      for (const view of ["live", "persistent"] as const)
        expect((await source.hypervisor.document(guest.uuid, view))?.xml).toMatch(/<parameter name=['"]IP['"] value=['"]198.18.0.9['"]/);
      expect(await source.firewall.remove(filter.uuid)).toBe("kept");
      expect(await source.firewall.guard(guest.uuid, guest.filter, {})).toBe("guarded");
      expect(await source.firewall.remove(filter.uuid)).toBe("removed");
      expect(await source.firewall.guard(randomUUID(), guest.filter, {})).toBe("absent");
    });

    it("keeps what a running guest uses", async () => {
      const { source, guest } = get();
      const filter = await source.firewall.filter(guest.filter);
      expect(await source.firewall.remove(filter?.uuid ?? "")).toBe("kept");
      expect(await source.firewall.filter(guest.filter)).toEqual(filter);
    });
  });
}
