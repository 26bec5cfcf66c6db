import { expect, test } from "vitest";
import { checkExtraSpecs } from "../src/services/extra-spec-rules.ts";

test.each([
  ["hw:numa_nodes", "1"],
  ["hw:numa_cpus.12", "0-3,^2"],
  ["hw:mem_page_size", "2MB"],
  ["resources:VCPU", "0"],
  ["resources1:CUSTOM_GOLD", "1"],
  ["trait:HW_CPU_X86_AVX2", "required"],
  ["hide_hypervisor_id", "True"],
  ["foo:bar", "baz"],
  ["a key without a namespace", ""],
  ["constructor", "x"],
])("%s may be %s", (key, value) => {
  expect(() => checkExtraSpecs({ [key]: value })).not.toThrow();
});

test.each([
  ["hw:numa_nodes", "0"],
  ["hw:numa_nodes", "many"],
  ["hw:numa_cpus.x", "0"],
  ["hw:cpu_policy", "sharded"],
  ["hw:bar", "1"],
  ["quota:constructor", "1"],
  ["trait:HW_CPU_X86_AVX2", "wanted"],
])("%s may not be %s", (key, value) => {
  expect(() => checkExtraSpecs({ [key]: value })).toThrow(`'${key}'`);
});
