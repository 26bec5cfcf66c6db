import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-codes.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** How to log in: with a ready token, or with a password for one project. Domains are names, as in `OS_USER_DOMAIN_NAME`. */
export interface Credentials {
  /** Identity endpoint, with or without the trailing `/v3`. */
  readonly authUrl: string;
  readonly login:
    | { readonly kind: "token"; readonly token: string }
    | {
        readonly kind: "password";
        readonly username: string;
        readonly password: string;
        readonly userDomain: string;
        readonly project: string;
        readonly projectDomain: string;
      };
}

/** Directory of ferry's files: `$FERRY_HOME`, else `~/.ferry`. */
export const ferryHome = (env: Environment): string => env.FERRY_HOME || join(homedir(), ".ferry");

const defaultDomain = "Default";

const needsLogin = (sentence: string, remedy: string, cause?: unknown): CliError =>
  new CliError("NOT_CONFIGURED", sentence, { exitCode: exitCodes.needsLogin, remedy, cause });

function fromEnvironment(authUrl: string, env: Environment): Credentials {
  const token = env.OS_TOKEN || env.OS_AUTH_TOKEN;
  if (token) return { authUrl, login: { kind: "token", token } };
  const { OS_USERNAME: username, OS_PASSWORD: password, OS_PROJECT_NAME: project } = env;
  const wanted = { OS_USERNAME: username, OS_PASSWORD: password, OS_PROJECT_NAME: project };
  const missing = Object.keys(wanted).filter((name) => !env[name]);
  if (!username || !password || !project)
    throw needsLogin(
      `Cannot log in at ${authUrl}: OS_AUTH_URL is set, but ${missing.join(", ")} must be set too.`,
      "Set them, or set OS_TOKEN, or unset OS_AUTH_URL to use ferry's own file.",
    );
  const userDomain = env.OS_USER_DOMAIN_NAME || defaultDomain;
  const projectDomain = env.OS_PROJECT_DOMAIN_NAME || defaultDomain;
  return { authUrl, login: { kind: "password", username, password, userDomain, project, projectDomain } };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function parseFile(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw needsLogin(
      `Cannot read ${path}: it must be a JSON object.`,
      "Restart the ferry server, which writes it anew, or set OS_AUTH_URL.",
      cause,
    );
  }
}

function fromFile(path: string, text: string): Credentials {
  const file = parseFile(path, text);
  const { authUrl, username, password, project } = isRecord(file) ? file : {};
  const complete =
    typeof authUrl === "string" && typeof username === "string" && typeof password === "string" && typeof project === "string";
  if (!complete)
    throw needsLogin(
      `Cannot log in with ${path}: it must hold the texts authUrl, username, password and project.`,
      "Restart the ferry server, which writes it.",
    );
  return { authUrl, login: { kind: "password", username, password, userDomain: defaultDomain, project, projectDomain: defaultDomain } };
}

/**
 * Where to log in and as whom: the `OS_*` variables as one whole when `OS_AUTH_URL` is set, else `$FERRY_HOME/cli.json`. The two are never
 * mixed, so a password from the file cannot go to an address from the environment. Throws NOT_CONFIGURED.
 */
export async function readCredentials(env: Environment): Promise<Credentials> {
  const authUrl = env.OS_AUTH_URL;
  if (authUrl) return fromEnvironment(authUrl, env);
  const path = join(ferryHome(env), "cli.json");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw needsLogin(
      `Cannot log in: OS_AUTH_URL is not set and ${path} cannot be read.`,
      "Start the ferry server on this machine, which writes that file, or set OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME.",
      cause,
    );
  });
  return fromFile(path, text);
}
