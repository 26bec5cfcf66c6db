import { describe, expect, it } from "vitest";
import { microversionHeaders, negotiate } from "../src/microversion.ts";

describe("negotiate", () => {
  it.each([
    ["no header", {}, 1],
    ["the old header", { "x-openstack-nova-api-version": "2.25" }, 25],
    ["the new header", { "openstack-api-version": "compute 2.30" }, 30],
    ["the new one before the old one", { "openstack-api-version": "compute 2.30", "x-openstack-nova-api-version": "2.25" }, 30],
    ["compute among other services", { "openstack-api-version": "identity 3.14, compute 2.61" }, 61],
    ["other services only", { "openstack-api-version": "placement 1.30" }, 1],
    ["other services only, with the old header", { "openstack-api-version": "placement 1.30", "x-openstack-nova-api-version": "2.9" }, 9],
    ["latest", { "openstack-api-version": "compute latest" }, 96],
    ["latest in the old header", { "x-openstack-nova-api-version": "latest" }, 96],
    ["capitals and blanks", { "openstack-api-version": "  Compute   2.40 " }, 40],
    ["the ends", { "x-openstack-nova-api-version": "2.96" }, 96],
    ["a repeated header", { "openstack-api-version": ["identity 3.0", "compute 2.50"] }, 50],
  ])("reads %s", (_, headers, minor) => {
    expect(negotiate(headers)).toBe(minor);
  });

  it.each(["2", "2.", ".1", "2.01", "02.1", "2.1 beta", "", "v2.1", "2.-1", "２.1"])("refuses %j as malformed", (version) => {
    expect(() => negotiate({ "x-openstack-nova-api-version": version })).toThrowError(
      expect.objectContaining({ code: "VERSION_MALFORMED", message: expect.stringContaining(`API Version String ${version.trim()}`) }),
    );
  });

  it.each(["2.0", "2.97", "2.999", "1.1", "3.1", "99999999999999999999.1"])("refuses %s as out of range", (version) => {
    expect(() => negotiate({ "openstack-api-version": `compute ${version}` })).toThrowError(
      expect.objectContaining({ code: "VERSION_OUT_OF_RANGE", message: expect.stringContaining("Minimum is 2.1 and maximum is 2.96.") }),
    );
  });
});

describe("microversionHeaders", () => {
  it("tells the version in both forms and names both in Vary", () => {
    expect(microversionHeaders(80)).toEqual({
      "OpenStack-API-Version": "compute 2.80",
      "X-OpenStack-Nova-API-Version": "2.80",
      Vary: ["OpenStack-API-Version", "X-OpenStack-Nova-API-Version"],
    });
  });
});
