import { pass, refuse, withBoth } from "./check.ts";

/** libvirt's integer 7002022 as `7.2.22`. */
export const versionText = (version: number): string =>
  `${Math.floor(version / 1_000_000)}.${Math.floor((version % 1_000_000) / 1000)}.${version % 1000}`;

/** Nova #19. (Nova's own sentence has lost a word: "hypervisor type of is invalid"; no client reads it.) */
export const sameHypervisorType = withBoth("hypervisor-type", ({ source, destination }) => {
  const [from, to] = [source.host.hypervisorType, destination.host.hypervisorType];
  if (from === to) return pass(`Both hosts run ${from}.`);
  return refuse(
    `The supplied hypervisor type is invalid: ${destination.record.name} runs ${to}, must run ${from} as ${source.record.name} does.`,
    "Choose a destination with the same hypervisor.",
  );
});

/** Nova #20. */
export const hypervisorNotOlder = withBoth("hypervisor-version", ({ source, destination }) => {
  const [from, to] = [source.host.hypervisorVersion, destination.host.hypervisorVersion];
  const name = destination.record.name;
  if (to >= from) return pass(`${name} has ${destination.host.hypervisorType} ${versionText(to)}, not older than ${versionText(from)}.`);
  return refuse(
    `The instance requires a newer hypervisor version than has been provided: ${name} has ${versionText(to)}, ${source.record.name} has ${versionText(from)}.`,
    `Upgrade the hypervisor of ${name}, or choose another host.`,
  );
});
