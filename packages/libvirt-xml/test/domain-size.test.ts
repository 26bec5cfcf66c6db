import { expect, it, test } from "vitest";
import { fixedSize, resizedDomain, sizeOfDomain } from "../src/domain-size.ts";

const domain = (size: string) =>
  `<domain type="kvm"><name>lm001</name><!-- size -->${size}<cpu mode="host-model"/><devices><emulator>/usr/bin/qemu</emulator></devices></domain>`;
const small = domain(
  '<memory unit="GiB">1</memory><currentMemory unit="KiB">524288</currentMemory><vcpu placement="static" current="2">4</vcpu>',
);

test.each([
  ["all that can be said", small, { memoryKiB: 1_048_576, currentMemoryKiB: 524_288, vcpus: 4, currentVcpus: 2 }],
  ["the least", domain("<memory>262144</memory>"), { memoryKiB: 262_144, currentMemoryKiB: 262_144, vcpus: 1, currentVcpus: null }],
])("reads a size: %s", (_, xml, size) => {
  expect(sizeOfDomain(xml)).toEqual(size);
});

it("gives another size and leaves the rest; and the old one again", () => {
  const size = { memoryKiB: 2_097_152, currentMemoryKiB: 2_097_152, vcpus: 8, currentVcpus: null };
  const large = resizedDomain(small, size);
  expect(large).toBe(
    domain('<memory unit="KiB">2097152</memory><currentMemory unit="KiB">2097152</currentMemory><vcpu placement="static">8</vcpu>'),
  );
  expect(sizeOfDomain(large)).toEqual(size);
  expect(sizeOfDomain(resizedDomain(large, sizeOfDomain(small)))).toEqual(sizeOfDomain(small));
});

it("names elements that were left out", () => {
  const xml = resizedDomain(domain("<memory>262144</memory>"), { memoryKiB: 1024, currentMemoryKiB: 512, vcpus: 2, currentVcpus: 1 });
  expect(sizeOfDomain(xml)).toEqual({ memoryKiB: 1024, currentMemoryKiB: 512, vcpus: 2, currentVcpus: 1 });
});

test.each(["<maxMemory slots='4' unit='KiB'>4194304</maxMemory>", "<vcpus><vcpu id='0' enabled='yes'/></vcpus>"])(
  "refuses a guest that shares its size out: %s",
  (element) => {
    const xml = domain(`<memory>262144</memory><vcpu>1</vcpu>${element}`);
    const own = { memoryKiB: 262_144, currentMemoryKiB: 262_144, vcpus: 1, currentVcpus: null };
    expect(() => resizedDomain(xml, { ...own, memoryKiB: 524_288 })).toThrow("Cannot resize this guest");
    expect(sizeOfDomain(resizedDomain(xml, own))).toEqual(own);
  },
);

it("refuses a definition without a size", () => {
  expect(() => sizeOfDomain(domain(""))).toThrow("no memory");
});

test.each([
  [null, null],
  ["<cpu mode='host-model'/>", null],
  ["<cpu><topology sockets='1' cores='2' threads='1'/></cpu>", "sockets"],
  ["<cpu><numa><cell id='0' cpus='0'/></numa></cpu>", "NUMA"],
])("%s fixes the size: %s", (cpu, word) => {
  if (word === null) expect(fixedSize(cpu)).toBeNull();
  else expect(fixedSize(cpu)).toContain(word);
});
