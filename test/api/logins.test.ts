import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ids, password, type UserName, users } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

/** What of logins takes more than one request: what ends a token, application credentials, wrong passwords. */
let world: World;
beforeAll(async () => {
  world = await openWorld({ worker: false });
});
afterAll(() => world.close());

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
const ask = (method: Method, path: string, token: string, payload?: object) =>
  world.app.inject({
    method,
    url: `/identity/v3${path}`,
    headers: { "x-auth-token": token },
    ...(payload === undefined ? {} : { payload }),
  });

const logIn = (identity: object, scope?: unknown, remoteAddress = "127.0.0.1") =>
  world.app.inject({
    method: "POST",
    url: "/identity/v3/auth/tokens",
    remoteAddress,
    payload: { auth: { identity, ...(scope === undefined ? {} : { scope }) } },
  });
const byPassword = (id: string, word = password) => ({ methods: ["password"], password: { user: { id, password: word } } });
const byCredential = (credential: object) => ({ methods: ["application_credential"], application_credential: credential });
type LogIn = Awaited<ReturnType<typeof logIn>>;
const tokenOf = (answer: LogIn): string => {
  expect(answer.statusCode, answer.body).toBe(201);
  return String(answer.headers["x-subject-token"]);
};
const shownBy = (answer: LogIn) => answer.json<{ token: Record<string, unknown> }>().token;
const isGood = async (token: string): Promise<boolean> => (await ask("GET", "/auth/projects", token)).statusCode === 200;

let admin: string;
let count = 0;
/** A user with a role in project ops, and his token. */
async function newUser(role: "member" | "admin" = "member"): Promise<{ id: string; token: string; role: string }> {
  admin ??= tokenOf(await logIn(byPassword(users.admin.id)));
  const made = await ask("POST", "/users", admin, { user: { name: `user-${count++}`, password } });
  const { id } = made.json<{ user: { id: string } }>().user;
  const listed = (await ask("GET", `/roles?name=${role}`, admin)).json<{ roles: { id: string }[] }>();
  const grant = `/projects/${ids.opsProject}/users/${id}/roles/${listed.roles[0]?.id}`;
  expect((await ask("PUT", grant, admin)).statusCode).toBe(204);
  return { id, token: tokenOf(await logIn(byPassword(id))), role: grant };
}

describe("a token ends when", () => {
  it("its user gets another password", async () => {
    const { id, token } = await newUser();
    expect(await isGood(token)).toBe(true);
    await ask("PATCH", `/users/${id}`, admin, { user: { password: "another" } });
    expect(await isGood(token)).toBe(false);
    expect((await logIn(byPassword(id))).statusCode).toBe(401);
    const renewed = tokenOf(await logIn(byPassword(id, "another")));
    expect(
      (await ask("POST", `/users/${id}/password`, renewed, { user: { original_password: "another", password: "third" } })).statusCode,
    ).toBe(204);
    expect(await isGood(renewed)).toBe(false);
  });

  it("its user or its project is disabled, for good", async () => {
    const { id, token } = await newUser();
    for (const enabled of [false, true]) await ask("PATCH", `/users/${id}`, admin, { user: { enabled } });
    expect(await isGood(token)).toBe(false);
    const [project] = [(await ask("POST", "/projects", admin, { project: { name: "short" } })).json<{ project: { id: string } }>().project];
    const roles = (await ask("GET", "/roles?name=reader", admin)).json<{ roles: { id: string }[] }>().roles;
    await ask("PUT", `/projects/${project.id}/users/${id}/roles/${roles[0]?.id}`, admin);
    const other = tokenOf(await logIn(byPassword(id), { project: { id: project.id } }));
    await ask("PATCH", `/projects/${project.id}`, admin, { project: { enabled: false } });
    expect(await isGood(other)).toBe(false);
    expect((await logIn(byPassword(id), { project: { id: project.id } })).statusCode).toBe(401);
    expect((await ask("DELETE", `/projects/${project.id}`, admin)).statusCode).toBe(204);
  });

  it("a role is taken from its user", async () => {
    const { token, role } = await newUser();
    expect((await ask("DELETE", role, admin)).statusCode).toBe(204);
    expect(await isGood(token)).toBe(false);
  });
});

describe("without a scope a token is", () => {
  it("for the only project, for the default one of several, or for none", async () => {
    const { id } = await newUser();
    expect(shownBy(await logIn(byPassword(id)))).toMatchObject({ project: { id: ids.opsProject } });
    await world.store.identity.assignRole(id, ids.labProject, "reader");
    expect(shownBy(await logIn(byPassword(id)))).not.toHaveProperty("project");
    await ask("PATCH", `/users/${id}`, admin, { user: { default_project_id: ids.labProject } });
    expect(shownBy(await logIn(byPassword(id)))).toMatchObject({ project: { id: ids.labProject } });
  });

  it("what the token was that it is made from", async () => {
    const { id } = await newUser("admin");
    const system = tokenOf(await logIn(byPassword(id), { system: { all: true } }));
    const again = shownBy(await logIn({ methods: ["token"], token: { id: system } }));
    expect(again).toMatchObject({ system: { all: true }, methods: ["password", "token"], roles: [{ name: "admin" }, {}, {}, {}] });
    const unscoped = tokenOf(await logIn(byPassword(id), "unscoped"));
    const scoped = await logIn({ methods: ["token"], token: { id: unscoped } }, { project: { id: ids.opsProject } });
    expect(shownBy(scoped)).toMatchObject({ project: { id: ids.opsProject } });
  });
});

describe("an application credential", () => {
  const make = async (owner: { id: string; token: string }, more: object = {}) => {
    const body = { application_credential: { name: `credential-${count++}`, ...more } };
    const answer = await ask("POST", `/users/${owner.id}/application_credentials`, owner.token, body);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<{ application_credential: { id: string; name: string; secret: string } }>().application_credential;
  };

  it("gives tokens with its roles, by id or by name and user, and nobody is told its secret again", async () => {
    const owner = await newUser();
    const { id, name, secret } = await make(owner, { roles: [{ name: "reader" }], expires_at: "2036-01-01T00:00:00" });
    for (const key of [{ id }, { name, user: { id: owner.id } }]) {
      const shown = shownBy(await logIn(byCredential({ ...key, secret })));
      expect(shown).toMatchObject({
        application_credential: { id, restricted: true },
        roles: [{ name: "reader" }],
        project: { id: ids.opsProject },
      });
    }
    const listed = await ask("GET", `/users/${owner.id}/application_credentials`, owner.token);
    expect(listed.body).toContain(id);
    expect(listed.body).not.toContain("secret");
    expect((await ask("GET", `/users/${owner.id}/application_credentials/${id}`, owner.token)).statusCode).toBe(200);
    const { rows } = await world.sql.query("SELECT application_credentials::text FROM application_credentials");
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("has a name of its own among its user's", async () => {
    const owner = await newUser();
    const { name } = await make(owner);
    const again = await ask("POST", `/users/${owner.id}/application_credentials`, owner.token, { application_credential: { name } });
    expect(again.statusCode).toBe(409);
  });

  it("reaches no further than it says: no other project, no more roles, no other credentials", async () => {
    const owner = await newUser("admin");
    const { id, secret } = await make(owner, { roles: [{ name: "member" }] });
    expect((await logIn(byCredential({ id, secret }), { project: { id: ids.labProject } })).statusCode).toBe(401);
    expect((await logIn(byCredential({ id, secret }), { system: { all: true } })).statusCode).toBe(401);
    const token = tokenOf(await logIn(byCredential({ id, secret }), { project: { id: ids.opsProject } }));
    expect((await ask("GET", "/users", token)).statusCode).toBe(403);
    const rescoped = await logIn({ methods: ["token"], token: { id: token } }, { system: { all: true } });
    expect(rescoped.statusCode).toBe(401);
    expect(shownBy(await logIn({ methods: ["token"], token: { id: token } })).roles).toHaveLength(2);
    const body = { application_credential: { name: "further" } };
    expect((await ask("POST", `/users/${owner.id}/application_credentials`, token, body)).statusCode).toBe(403);
    expect((await ask("DELETE", `/users/${owner.id}/application_credentials/${id}`, token)).statusCode).toBe(403);
  });

  it("takes its tokens along, and is worth nothing without its user's role, when it has run out, or with another secret", async () => {
    const owner = await newUser();
    const [{ id, secret }, other] = [await make(owner), await make(owner)];
    const token = tokenOf(await logIn(byCredential({ id, secret })));
    expect((await ask("DELETE", `/users/${owner.id}/application_credentials/${id}`, owner.token)).statusCode).toBe(204);
    expect(await isGood(token)).toBe(false);
    expect((await logIn(byCredential({ id, secret }))).statusCode).toBe(401);
    expect((await logIn(byCredential({ id: other.id, secret }))).statusCode).toBe(401);
    await world.sql.query("UPDATE application_credentials SET expires_at = now() - interval '1 s' WHERE id = $1", [other.id]);
    expect((await logIn(byCredential({ id: other.id, secret: other.secret }))).statusCode).toBe(401);
    const third = await make(owner);
    await ask("DELETE", owner.role, admin);
    expect((await logIn(byCredential({ id: third.id, secret: third.secret }))).statusCode).toBe(401);
  });
});

describe("wrong passwords", () => {
  const from = (address: string, id: string, word: string) => logIn(byPassword(id, word), undefined, address);

  it("are counted by user and address: the eleventh waits, a right one from elsewhere does not", async () => {
    const { id } = await newUser();
    for (let tries = 0; tries < 10; tries++) expect((await from("192.0.2.1", id, "wrong")).statusCode).toBe(tries < 9 ? 401 : 429);
    const refused = await from("192.0.2.1", id, password);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(200);
    expect(refused.json()).toMatchObject({ error: { code: 429, title: "Too Many Requests" } });
    expect((await from("192.0.2.2", id, password)).statusCode).toBe(201);
    await world.sql.query("UPDATE login_failures SET expires_at = now()");
    expect((await from("192.0.2.1", id, password)).statusCode).toBe(201);
  });

  it("that come all at once are no way around", async () => {
    const { id } = await newUser();
    const guesses = Array.from({ length: 24 }, () => from("192.0.2.3", id, "wrong"));
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(12);
    expect((await from("192.0.2.3", id, password)).statusCode).toBe(429);
  });

  it("hold up a change of the password as well, and a right one forgets them", async () => {
    const { id, token } = await newUser();
    const change = (word: string) => ask("POST", `/users/${id}/password`, token, { user: { original_password: word, password: "next" } });
    for (let tries = 0; tries < 9; tries++) expect((await from("127.0.0.1", id, "wrong")).statusCode).toBe(401);
    expect((await from("127.0.0.1", id, password)).statusCode).toBe(201);
    for (let tries = 0; tries < 10; tries++) await change("wrong");
    expect((await change(password)).statusCode).toBe(429);
  });
});

it("a user or a project that owns servers is not deleted", async () => {
  const name: UserName = "foreignManager";
  admin ??= tokenOf(await logIn(byPassword(users.admin.id)));
  const answer = await ask("DELETE", `/users/${users[name].id}`, admin);
  expect([answer.statusCode, answer.body]).toEqual([409, expect.stringContaining("it owns servers")]);
  expect((await ask("DELETE", `/projects/${ids.labProject}`, admin)).statusCode).toBe(409);
});
