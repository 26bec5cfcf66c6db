import { expect, test } from "vitest";
import { columnsOf } from "../src/services/update-server.ts";

test.each([
  ["nothing changes nothing", {}, {}],
  ["a description is taken away", { description: null }, { description: null }],
  ["an IPv6 address is kept in its short form", { accessIPv6: "FE80:0:0::0001" }, { accessIPv6: "fe80::1" }],
  ["as is one that holds an IPv4 address", { accessIPv6: "::babe:202:202" }, { accessIPv6: "::babe:202:202" }],
  ["the disk's setting has a name of its own", { "OS-DCF:diskConfig": "AUTO" as const, name: "db2" }, { diskConfig: "AUTO", name: "db2" }],
])("%s", (_, body, columns) => {
  expect(columnsOf(body)).toEqual(columns);
});
