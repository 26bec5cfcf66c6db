import { secretUsages } from "@ferry/libvirt";
import type { FakeHost, FakeSecret } from "../host.ts";
import { Refusal } from "../refusal.ts";
import type { Answers } from "./answer.ts";

/** Secrets, without their values. */
export const secretAnswers = (host: FakeHost): Answers => ({
  secretLookupByUuid: ({ uuid }) => ({ secret: known(host.secrets.find((one) => one.uuid === uuid)) }),
  secretLookupByUsage: ({ usageType, usageId }) => ({
    secret: known(host.secrets.find((one) => secretUsages[one.type] === usageType && one.usage === usageId)),
  }),
});

function known(secret: FakeSecret | undefined) {
  if (!secret) throw new Refusal("noSecret", "Secret not found: no secret with matching uuid or usage", "domain");
  return { uuid: secret.uuid, usageType: secretUsages[secret.type], usageId: secret.usage };
}
