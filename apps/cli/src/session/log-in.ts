import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Credentials } from "./credentials.ts";
import { tokensUrl } from "./endpoints.ts";
import type { HttpFetch } from "./http-fetch.ts";
import type { Token } from "./token-cache.ts";

/** The body of Identity v3's `POST /auth/tokens` for a password and one project. */
function authBody(login: Extract<Credentials["login"], { kind: "password" }>): unknown {
  const user = { name: login.username, domain: { name: login.userDomain }, password: login.password };
  const project = { name: login.project, domain: { name: login.projectDomain } };
  return { auth: { identity: { methods: ["password"], password: { user } }, scope: { project } } };
}

const refused = (authUrl: string, who: string): CliError =>
  new CliError("UNAUTHENTICATED", `Cannot log in at ${authUrl}: ${who} was refused.`, {
    exitCode: exitCodes.needsLogin,
    remedy: "Check OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME (or OS_TOKEN), or the file cli.json in FERRY_HOME.",
  });

const notAnIdentity = (authUrl: string, status: number): CliError =>
  new CliError("LOGIN_FAILED", `Cannot log in at ${authUrl}: the server answered ${status}, must be 201 or 200 with a token.`, {
    remedy: "Check that OS_AUTH_URL names ferry's identity service, such as http://127.0.0.1:8774/identity/v3.",
    transient: status >= 500,
  });

interface TokenAnswer {
  readonly token?: { readonly expires_at?: unknown; readonly roles?: readonly { readonly name?: unknown }[] };
}

async function readToken(answer: Response, value: string): Promise<Token> {
  const { token } = (await answer.json()) as TokenAnswer;
  const expiresAt = Date.parse(String(token?.expires_at));
  const roles = (token?.roles ?? []).map((role) => String(role.name));
  return { value, expiresAt: Number.isNaN(expiresAt) ? 0 : expiresAt, roles };
}

async function withPassword(authUrl: string, login: Extract<Credentials["login"], { kind: "password" }>, http: HttpFetch): Promise<Token> {
  const body = JSON.stringify(authBody(login));
  const request = new Request(tokensUrl(authUrl), { method: "POST", headers: { "content-type": "application/json" }, body });
  const answer = await http(request);
  if (answer.status === 401) throw refused(authUrl, `user ${login.username} in project ${login.project}`);
  const value = answer.headers.get("x-subject-token");
  if (answer.status !== 201 || value === null) throw notAnIdentity(authUrl, answer.status);
  return readToken(answer, value);
}

async function withToken(authUrl: string, value: string, http: HttpFetch): Promise<Token> {
  const answer = await http(new Request(tokensUrl(authUrl), { headers: { "x-auth-token": value, "x-subject-token": value } }));
  if (answer.status >= 500) throw notAnIdentity(authUrl, answer.status);
  if (answer.status !== 200) throw refused(authUrl, "the token in OS_TOKEN");
  return readToken(answer, value);
}

/** A token for these credentials. Throws UNAUTHENTICATED when they are refused. */
export const logIn = ({ authUrl, login }: Credentials, http: HttpFetch): Promise<Token> =>
  login.kind === "token" ? withToken(authUrl, login.token, http) : withPassword(authUrl, login, http);
