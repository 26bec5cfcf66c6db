import type { HostFacts } from "@ferry/core";
import { expect, it } from "vitest";
import { chooseMachine } from "../src/create/choose-machine.ts";

const both = { "x86_64/kvm": ["pc-q35-7.2", "q35"], "x86_64/qemu": ["pc-i440fx-7.2", "pc-q35-7.2", "pc-q35-10.0", "pc-q35-9.1"] };
const host = (machines: HostFacts["machines"], hypervisorType = "QEMU") => ({ arch: "x86_64", machines, hypervisorType }) as HostFacts;

it.each([
  ["kvm where it is offered", host(both), "auto", { virtType: "kvm", arch: "x86_64", machine: "q35" }],
  ["the newest q35 by number", host(both), "qemu", { virtType: "qemu", arch: "x86_64", machine: "pc-q35-10.0" }],
  ["emulation where there is no kvm", host({ "x86_64/qemu": [] }), "auto", { virtType: "qemu", arch: "x86_64", machine: null }],
  ["not what is not offered", host({ "x86_64/qemu": [] }), "kvm", { obstacle: "it runs no x86_64 guests of type kvm" }],
  ["nothing of another architecture", host({ "aarch64/kvm": [] }), "auto", { obstacle: "it runs no x86_64 guests of type kvm or qemu" }],
  ["nothing on Xen", host(both, "Xen"), "auto", { obstacle: "servers are made on QEMU hosts only" }],
] as const)("takes %s", (_, facts, wanted, choice) => {
  expect(chooseMachine(facts, wanted)).toEqual(choice);
});
