import { bodySchemaAt, contractOperations, operationOf } from "@ferry/contract";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actionValues } from "./support/action-values.ts";
import { ids, now } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

/** What the contract marks as declined gets that answer, also from an administrator who asks for it in every right way. */
let world: World;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

/** Bodies that the contract accepts, by operation. */
const bodies: Readonly<Record<string, object>> = {
  attachServerInterface: { interfaceAttachment: {} },
  updateComputeHost: { status: "disable" },
  createRemoteConsole: { remote_console: { protocol: "vnc", type: "novnc" } },
};

async function answerTo(method: string, url: string, microversion: string, payload?: object): Promise<number> {
  const headers = { host: authority, "x-auth-token": world.tokens.admin, "openstack-api-version": `compute ${microversion}` };
  const options = { method: method.toUpperCase() as "GET", url, headers, ...(payload === undefined ? {} : { payload }) };
  return (await world.app.inject(options)).statusCode;
}

describe("what is declined", () => {
  it("is declined as the contract says: operations", async () => {
    for (const { id, method, path, range, object } of contractOperations) {
      const status = object["x-declined"];
      if (status === undefined) continue;
      const url = path
        .replace("{server_id}", ids.db1)
        .replace("{port_id}", ids.db1Port)
        .replace("{compute_host}", "compute1")
        .replaceAll(/\{\w+\}/g, "x");
      expect([id, await answerTo(method, url, range?.max ?? "2.96", bodies[id])]).toEqual([id, status]);
    }
  });

  it("is declined as the contract says: actions of a server", async () => {
    const actions = [96, 43, 5].flatMap((minor) =>
      Object.entries(bodySchemaAt(operationOf("serverAction"), minor)?.properties ?? {}).map(([action, schema]) => ({
        action,
        schema,
        minor,
      })),
    );
    for (const { action, schema, minor } of actions) {
      const status = schema["x-declined"];
      if (status === undefined) continue;
      const body = { [action]: actionValues[action] };
      expect([action, await answerTo("post", `/v2.1/servers/${ids.db1}/action`, `2.${minor}`, body)]).toEqual([action, status]);
    }
  });
});
