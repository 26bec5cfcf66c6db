import { Refusal } from "../refusal.ts";
import type { MigrationNumbers } from "./numbers.ts";

/** What one side tells the other. libvirt's cookies are XML; a client must pass them on as they are, so their form is nobody's business. */
export interface Cookie {
  readonly from: "begin" | "prepare" | "perform" | "finish";
  readonly uuid: string;
  readonly name: string;
  readonly hostUuid: string;
  /** The numbers of the copy, from Perform. */
  readonly numbers?: MigrationNumbers;
}

export const writeCookie = (cookie: Cookie): Buffer => Buffer.from(`${JSON.stringify(cookie)}\0`);

/** The cookie that must come from that call of this guest's migration. */
export function readCookie(bytes: Buffer, from: Cookie["from"]): Cookie {
  if (bytes.length === 0) throw new Refusal("internalError", `the cookie of ${from} is missing`);
  const cookie = JSON.parse(bytes.toString("utf8").replace(/\0$/, "")) as Cookie;
  if (cookie.from !== from) throw new Refusal("internalError", `got the cookie of ${cookie.from} instead of that of ${from}`);
  return cookie;
}
