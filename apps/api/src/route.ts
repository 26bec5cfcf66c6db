import type { OperationId } from "@ferry/contract";
import type { ServerRow } from "@ferry/store";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Caller } from "./caller.ts";
import type { Rule } from "./policy.ts";
import type { Query } from "./request-check.ts";

/** What a route gets: everything in it was checked against the contract. */
export interface Input {
  /** The minor microversion to answer in; 1 under /v2. */
  readonly minor: number;
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  /** Query keys that the contract does not know at this version and that it lets through. */
  readonly unknownKeys: readonly string[];
  readonly body: unknown;
  /** URL of this service without a trailing slash. */
  readonly base: string;
  /** Path as asked for, without the query. */
  readonly path: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Missing: no body at all. */
  readonly body?: object;
}

interface Route {
  readonly operation: OperationId;
}

/** Served to anybody. */
export interface OpenRoute extends Route {
  readonly access: "open";
  readonly handle: (input: Input) => Answer | Promise<Answer>;
}

/** Needs a token that satisfies the rule; the rule is tested before the request is looked at. */
export interface RuledRoute extends Route {
  readonly access: "rule";
  readonly rule: Rule;
  readonly handle: (input: Input & { readonly caller: Caller }) => Answer | Promise<Answer>;
}

/** About one server: the request is checked, the server is found in the caller's reach (404 otherwise), then the rule is tested. */
export interface ServerRoute extends Route {
  readonly access: "server";
  /** One rule, or the rule that the body asks for once `beforeSchema` has let it pass. */
  readonly rule: Rule | ((body: unknown) => Rule);
  /** Also for servers that are gone (what was done to them can still be read). */
  readonly deletedToo?: true;
  /** Looks at the raw body before the schema does. */
  readonly beforeSchema?: (body: unknown, minor: number) => void;
  readonly handle: (input: Input & { readonly caller: Caller; readonly server: ServerRow }) => Answer | Promise<Answer>;
}

/** The handler takes over the connection (event stream) after the rule was tested. */
export interface StreamRoute extends Route {
  readonly access: "stream";
  readonly rule: Rule;
  readonly handle: (input: Input & { readonly caller: Caller }) => Promise<void>;
}

export type RouteDefinition = OpenRoute | RuledRoute | ServerRoute | StreamRoute;
