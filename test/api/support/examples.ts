import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type OperationId, operationOf, responseSchemaAt, type Schema } from "@ferry/contract";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ids, now, requests, type UserName } from "./ids.ts";
import { authority, openWorld, type World } from "./world.ts";

/** A request and the answer it gets: documentation and test at once. */
export interface Example {
  readonly operation: OperationId;
  readonly title: string;
  /** Who asks; null: nobody, without a token. */
  readonly as: UserName | null;
  readonly microversion: string | null;
  /** Whether no worker answers. */
  readonly silent?: true;
  readonly request: {
    readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    /** A body that is no JSON, in base64. */
    readonly content?: string;
  };
  answer?: { status: number; headers: Record<string, unknown>; body: unknown };
}

const directory = fileURLToPath(new URL("../../../openapi/examples/", import.meta.url));
const update = process.env.UPDATE_EXAMPLES === "1";

export const exampleFiles = (): string[] => readdirSync(directory).filter((name) => name.endsWith(".json"));
export const readExample = (file: string): Example => JSON.parse(readFileSync(directory + file, "utf8")) as Example;

/** Runs the examples of these operations: one world is shared by those that leave no trace, each other one gets its own. */
export function runExamples(resource: string, operations: readonly OperationId[]): void {
  describe(`${resource}: examples`, () => {
    let shared: World;
    beforeAll(async () => {
      vi.useFakeTimers({ toFake: ["Date"], now });
      shared = await openWorld();
    });
    afterAll(async () => {
      await shared.close();
      vi.useRealTimers();
    });
    const examples = exampleFiles().map((file) => [file, readExample(file)] as const);
    for (const [file, example] of examples.filter(([, { operation }]) => operations.includes(operation))) {
      it(`${example.operation}: ${example.title}`, () => (leavesNoTrace(example) ? play(shared, file, example) : playAlone(file, example)));
    }
  });
}

/** What changes the record when it succeeds. */
const writes: readonly OperationId[] = [
  "serverAction",
  "deleteServer",
  "updateServer",
  "updateServerMetadata",
  "replaceServerMetadata",
  "updateServerMetadataItem",
  "deleteServerMetadataItem",
  "replaceServerTags",
  "deleteServerTags",
  "addServerTag",
  "deleteServerTag",
  "abortServerMigration",
  "createSecurityGroup",
  "updateSecurityGroup",
  "deleteSecurityGroup",
  "createSecurityGroupRule",
  "deleteSecurityGroupRule",
  "addHost",
  "changeHost",
  "fenceHost",
  "updateService",
  "createAggregate",
  "updateAggregate",
  "deleteAggregate",
  "aggregateAction",
  "deleteService",
  "updateQuotaSet",
  "deleteQuotaSet",
  "updateQuotaClass",
  "removeHost",
  "createVolume",
  "adoptVolume",
  "deleteVolume",
  "attachVolume",
  "updateVolumeAttachment",
  "detachVolume",
  "definePool",
  "switchPool",
  "removePool",
  "revokeToken",
  "createServer",
  "createFlavor",
  "deleteFlavor",
  "createKeyPair",
  "deleteKeyPair",
  "createServerGroup",
  "deleteServerGroup",
  "updateFlavor",
  "setFlavorExtraSpecs",
  "setFlavorExtraSpec",
  "removeFlavorExtraSpec",
  "flavorAction",
  "addImage",
  "uploadImage",
  "removeImage",
  "createImageV2",
  "updateImageV2",
  "deleteImageV2",
  "uploadImageV2",
  "addImageTag",
  "removeImageTag",
  "createUser",
  "updateUser",
  "deleteUser",
  "changePassword",
  "createProject",
  "updateProject",
  "deleteProject",
  "assignRole",
  "unassignRole",
  "createApplicationCredential",
  "deleteApplicationCredential",
];
/** Refusals by a worker: the record tells of the try. */
const triedFirst: readonly unknown[] = ["CHECKS_REFUSED", "NO_VALID_HOST", "VOLUME_BUSY", "HOST_UNREACHABLE"];

/** A refused write shares the world as well: had it left something, an example after it would fail. */
function leavesNoTrace({ operation, answer, silent }: Example): boolean {
  if (silent === true) return false;
  if (!writes.includes(operation)) return true;
  if (update) return false;
  return answer !== undefined && answer.status >= 400 && !triedFirst.includes(answer.headers["x-ferry-error-code"]);
}

async function playAlone(file: string, example: Example): Promise<void> {
  const world = await openWorld({ worker: example.silent !== true });
  await play(world, file, example).finally(() => world.close());
}

async function play(world: World, file: string, example: Example): Promise<void> {
  const answer = await ask(world, example);
  if (update) writeFileSync(directory + file, `${JSON.stringify({ ...example, answer }, null, 2)}\n`);
  else expect(answer).toEqual(example.answer);
  expectContract(example, answer);
}

/** Sends the example's request; the answer's random parts are replaced by fixed words. */
export async function ask(world: World, { operation, as, microversion, request }: Example): Promise<NonNullable<Example["answer"]>> {
  const { method, path, headers = {}, body, content } = request;
  const response = await world.app.inject({
    method,
    url: path,
    headers: {
      host: authority,
      ...(as === null ? {} : { "x-auth-token": world.tokens[as] }),
      ...(microversion === null ? {} : { "openstack-api-version": `compute ${microversion}` }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, replaceTokens(value, world)])),
    },
    ...(body === undefined ? {} : { payload: JSON.parse(replaceTokens(JSON.stringify(body), world)) as object }),
    ...(content === undefined ? {} : { payload: Buffer.from(content, "base64") }),
  });
  expect(response.headers["x-openstack-request-id"]).toMatch(/^req-[0-9a-f-]{36}$/);
  expect(response.headers["x-compute-request-id"]).toBe(response.headers["x-openstack-request-id"]);
  return { status: response.statusCode, headers: shownHeaders(response.headers), body: bodyOf(fixMade(operation, response.body)) };
}

/** Keystone's ids are no uuids: the first one in the answer is that of what was made. */
function fixMade(operation: OperationId, text: string): string {
  if (!["createUser", "createProject", "createApplicationCredential"].includes(operation)) return text;
  const [, made] = /"id":"([0-9a-f]{32})"/.exec(text) ?? [];
  return made === undefined ? text : text.replaceAll(made, "f".repeat(32));
}

/** `{token:reader}` in an example stands for the token of that user. */
function replaceTokens(text: string, world: World): string {
  return text.replaceAll(/\{token:(\w+)\}/g, (_, name: string) => world.tokens[name as UserName]);
}

const shown = [
  "content-type",
  "location",
  "openstack-api-version",
  "www-authenticate",
  "x-ferry-error-code",
  "x-ferry-refusal",
  "x-subject-token",
] as const;

function shownHeaders(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(shown.flatMap((name) => (headers[name] === undefined ? [] : [[name, fixed(name, String(headers[name]))]])));
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const known = new Set<string>([...Object.values(ids), ...Object.values(requests).flatMap((request) => request.match(uuid) ?? [])]);
const madeUuid = "ffffffff-0000-4000-8000-00000000ffff";

const fixed = (name: string, value: string): string =>
  name === "x-subject-token" ? "a-token" : value.replaceAll(uuid, (found) => (known.has(found) ? found : madeUuid));

/** Values made at random or by the database's own clock. */
const random: Readonly<Record<string, string>> = {
  adminPass: "a-password",
  audit_ids: "an-audit-id",
  issued_at: "2026-01-02T03:04:10.000000Z",
  private_key: "a-private-key",
  reservation_id: "r-0badcafe",
};

const today = now.toISOString().slice(0, 10);

function bodyOf(text: string): unknown {
  if (text === "") return null;
  return JSON.parse(text, function (this: Record<string, unknown>, key: string, value: unknown): unknown {
    if (key in random) return Array.isArray(value) ? [random[key]] : random[key];
    if ("private_key" in this && (key === "public_key" || key === "fingerprint")) return `a-${key}`;
    if (key === "created_at" && typeof value === "string" && this.name === "compute3.example") return now.toISOString();
    if ("os_hash_algo" in this && /^(created|updated)_at$/.test(key)) return String(value).startsWith(today) ? value : `${today}T03:04:10Z`;
    // A server that was changed: the database's own clock.
    if (key === "updated" && typeof value === "string" && value > now.toISOString()) return now.toISOString().replace(".000Z", "Z");
    if ("deleted_at" in this && /^(created|updated)_at$/.test(key) && typeof value === "string" && "availability_zone" in this)
      return value.startsWith(now.toISOString().slice(0, 10)) ? value : naiveNow;
    const isMade = ("disk_format" in this || "volume_name" in this) && !known.has(String(this.id));
    if (isMade && /^(created|updated)_at$/.test(key)) return now.toISOString();
    if (key === "href" && typeof value === "string")
      return value.replaceAll(uuid, (id) => (known.has(id) || seeded.has(id) ? id : madeUuid));
    const isId = withIds.has(key) && typeof value === "string";
    return isId && !seeded.has(value) ? fixed(key, value) : value;
  });
}

const naiveNow = `${now.toISOString().slice(0, 23)}000`;

/** Keys whose values are ids, or have one in them. */
const withIds = new Set(["id", "uuid", "self", "file", "host_id", "attachment_id", "bdm_uuid", "volume_name", "path"]);
const seeded = new Set(["00000000-0000-4000-8000-00000000c0de", "00000000-0000-4000-8000-000000005ced"]);

/** The answer has the shape that the contract promises at that microversion. */
function expectContract(example: Example, answer: NonNullable<Example["answer"]>): void {
  const minor = Number(example.microversion?.slice(2) ?? 1);
  const operation = operationOf(example.operation);
  const common = [401, 404, 405, 406, 413, 415].includes(answer.status);
  const schema = responseSchemaAt(operation, answer.status, minor);
  expect(common || schema !== undefined, `${example.operation} answers ${answer.status}, which the contract does not name`).toBe(true);
  if (schema === null) expect(answer.body).toBeNull();
  if (schema != null) expect(complaints(schema, answer.body)).toBeNull();
}

function complaints(schema: Schema, body: unknown): unknown {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(schema);
  return validate(body) ? null : validate.errors;
}
