import type { FastifyInstance } from "fastify";
import type { Caller } from "./caller.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Null on routes that are served to anybody. */
    caller: Caller | null;
    minor: number;
  }
  interface FastifyContextConfig {
    operation?: string;
  }
}

/** What `serve` notes on a request before its body is read. */
export function decorateRequests(app: FastifyInstance): void {
  app.decorateRequest("caller", null);
  app.decorateRequest("minor", 1);
}
