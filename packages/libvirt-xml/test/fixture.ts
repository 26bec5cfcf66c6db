import { readFileSync } from "node:fs";

/** Text of a document as libvirt 9.0 wrote it. */
export const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.xml`, import.meta.url), "utf8");

/** A small domain definition with the given elements inside `<domain>` and `<devices>`. */
export const smallDomain = ({ top = "", devices = "", name = "lm001" } = {}): string =>
  `<domain type='qemu'><name>${name}</name><uuid>21729de9-c240-46e0-ad28-db5381f6f075</uuid><memory unit='KiB'>262144</memory><vcpu>2</vcpu>
   <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>${top}<devices>${devices}</devices></domain>`;
