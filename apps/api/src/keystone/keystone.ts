import type { Schema } from "@ferry/contract";
import { fail, SECOND } from "@ferry/core";
import { compile } from "../validator.ts";
import { askKeystone, type KeystoneAnswer } from "./request.ts";

/** Where an existing Keystone is, and ferry's own login there: a user who may validate tokens of others. */
export interface KeystoneSettings {
  /** With or without `/v3` at its end. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly project: string;
  /** Name of the domain of user and project. */
  readonly domain: string;
  /** For each request; default 5 s. */
  readonly deadlineMs?: number;
}

/** What a token stands for, as Keystone says. */
export interface KeystoneToken {
  readonly user: { readonly id: string; readonly name: string };
  readonly project?: { readonly id: string; readonly name: string };
  readonly domain?: object;
  readonly roles?: readonly { readonly name: string }[];
  readonly expires_at: string;
}

const named: Schema = {
  type: "object",
  required: ["id", "name"],
  properties: { id: { type: "string", maxLength: 64 }, name: { type: "string", maxLength: 255 } },
};
const check = compile(
  {
    type: "object",
    required: ["token"],
    properties: {
      token: {
        type: "object",
        required: ["user", "expires_at"],
        properties: {
          user: named,
          project: named,
          domain: { type: "object" },
          roles: { type: "array", items: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
          expires_at: { type: "string", format: "date-time" },
        },
      },
    },
  },
  "strict",
);

/** Asks an existing Keystone about tokens. Keeps its own token until it is refused. */
export class Keystone {
  /** Without a slash and without `/v3`. */
  readonly url: string;
  readonly #settings: KeystoneSettings;
  #ownToken: Promise<string> | null = null;

  constructor(settings: KeystoneSettings) {
    this.#settings = settings;
    this.url = settings.url.replace(/\/+$/, "").replace(/\/v3$/, "");
  }

  /** Null for a token that is not good. Throws KEYSTONE_SILENT. */
  async validate(token: string): Promise<KeystoneToken | null> {
    let answer = await this.#ask(token);
    if (answer.status === 401) {
      this.#ownToken = null;
      answer = await this.#ask(token);
    }
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw unexpected(`validation was answered with ${answer.status}`);
    const complaint = check(answer.body);
    if (complaint !== null) throw unexpected(`a token's ${complaint.path.join(".")} ${complaint.reason}`);
    return (answer.body as { token: KeystoneToken }).token;
  }

  async #ask(token: string): Promise<KeystoneAnswer> {
    const headers = { "X-Auth-Token": await this.#own(), "X-Subject-Token": token };
    return await askKeystone({ method: "GET", url: `${this.url}/v3/auth/tokens?nocatalog`, headers, deadlineMs: this.#deadlineMs });
  }

  /** Requests that come meanwhile wait for the same login. */
  #own(): Promise<string> {
    this.#ownToken ??= this.#logIn().catch((error: unknown) => {
      this.#ownToken = null;
      throw error;
    });
    return this.#ownToken;
  }

  async #logIn(): Promise<string> {
    const { user, password, project, domain: name } = this.#settings;
    const body = {
      auth: {
        identity: { methods: ["password"], password: { user: { name: user, domain: { name }, password } } },
        scope: { project: { name: project, domain: { name } } },
      },
    };
    const url = `${this.url}/v3/auth/tokens?nocatalog`;
    const { status, headers } = await askKeystone({ method: "POST", url, headers: {}, body, deadlineMs: this.#deadlineMs });
    const token = headers.get("x-subject-token");
    if (status !== 201 || token === null) throw unexpected(`the login of ferry's own user was answered with ${status}`);
    return token;
  }

  get #deadlineMs(): number {
    return this.#settings.deadlineMs ?? 5 * SECOND;
  }
}

const unexpected = (what: string): Error => fail("KEYSTONE_SILENT", {}, new Error(`Keystone: ${what}.`));
