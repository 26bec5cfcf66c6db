import { createTestDatabase, type TestDatabase } from "@ferry/testkit";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore, type Store } from "../src/index.ts";

let database: TestDatabase;
let store: Store;
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  store = openStore(database);
  sql = new Client({ connectionString: database.connectionString });
  await sql.connect();
});
afterAll(async () => {
  await store.close();
  await sql.end();
  await database.drop();
});

const first = { userName: "admin", password: "correct horse", projectName: "admin" };
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

describe("users", () => {
  test("processes that start at once make one first user, and a later start leaves its password", async () => {
    const results = await Promise.all([store.identity.bootstrap(first), store.identity.bootstrap(first)]);
    expect(results.map((result) => result.created).sort()).toEqual([false, true]);
    await store.identity.bootstrap({ ...first, password: "another" });
    expect(await store.identity.authenticate({ name: "admin" }, "correct horse")).toMatchObject({ name: "admin" });
  });

  test("a wrong password, an unknown user and a disabled user all get nothing", async () => {
    const { id } = await store.identity.addUser("bob", "pw");
    expect(await store.identity.authenticate({ name: "bob" }, "PW")).toBeNull();
    expect(await store.identity.authenticate({ name: "nobody" }, "pw")).toBeNull();
    expect(await store.identity.authenticate({ id }, "pw")).toMatchObject({ id });
    await store.identity.setUserEnabled(id, false);
    expect(await store.identity.authenticate({ name: "bob" }, "pw")).toBeNull();
  });

  test("no password is in the database, and one password has two hashes", async () => {
    await store.identity.addUser("c1", "planted-canary");
    await store.identity.addUser("c2", "planted-canary");
    const { rows } = await sql.query("SELECT password_hash FROM users WHERE name IN ('c1', 'c2')");
    expect(rows[0].password_hash).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(rows[0].password_hash).not.toBe(rows[1].password_hash);
    const all = await sql.query("SELECT users::text FROM users");
    expect(JSON.stringify(all.rows)).not.toContain("planted-canary");
  });

  test("roles are told strongest first, for the project they hold in", async () => {
    const user = await store.identity.addUser("carol", "pw");
    const [here, there] = [await store.identity.ensureProject("here"), await store.identity.ensureProject("there")];
    await store.identity.assignRole(user.id, here.id, "reader");
    await store.identity.assignRole(user.id, here.id, "manager");
    await store.identity.assignRole(user.id, here.id, "manager");
    expect(await store.identity.rolesOf(user.id, here.id)).toEqual(["manager", "reader"]);
    expect(await store.identity.rolesOf(user.id, there.id)).toEqual([]);
    expect(await store.identity.projectsOf(user.id)).toEqual([here]);
    await store.identity.removeRole(user.id, here.id, "manager");
    expect(await store.identity.rolesOf(user.id, here.id)).toEqual(["reader"]);
  });
});

describe("tokens", () => {
  const issue = async (expiresAt = inAnHour()): Promise<{ token: string; userId: string }> => {
    const { userId, projectId } = await store.identity.bootstrap(first);
    const { token } = await store.tokens.issue({ userId, projectId, roles: ["admin"], methods: ["password"], expiresAt });
    return { token, userId };
  };

  test("a token gives its user, project and roles, and the database does not hold it", async () => {
    const { token, userId } = await issue();
    expect(await store.tokens.find(token)).toMatchObject({
      user: { id: userId, name: "admin" },
      project: { name: "admin" },
      roles: ["admin"],
    });
    const { rows } = await sql.query("SELECT tokens::text FROM tokens");
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("an unscoped token has no project", async () => {
    const { userId } = await issue();
    const { token } = await store.tokens.issue({ userId, projectId: null, roles: [], methods: ["password"], expiresAt: inAnHour() });
    expect(await store.tokens.find(token)).toMatchObject({ project: null, roles: [] });
  });

  test("a token that is expired, revoked, altered or its user's no more is none", async () => {
    expect(await store.tokens.find((await issue(new Date(Date.now() - 1))).token)).toBeNull();
    const { token, userId } = await issue();
    expect(await store.tokens.find(`${token}x`)).toBeNull();
    await store.identity.setUserEnabled(userId, false);
    expect(await store.tokens.find(token)).toBeNull();
    await store.identity.setUserEnabled(userId, true);
    expect(await store.tokens.revoke(token)).toBe(true);
    expect(await store.tokens.revoke(token)).toBe(false);
    expect(await store.tokens.find(token)).toBeNull();
  });

  test("a new password ends the tokens of its user", async () => {
    const { token, userId } = await issue();
    await store.identity.setPassword(userId, "new one");
    expect(await store.tokens.find(token)).toBeNull();
  });

  test("purging removes what is no good and keeps what is", async () => {
    const good = await issue();
    await issue(new Date(Date.now() - 1));
    await store.tokens.revoke((await issue()).token);
    expect(await store.tokens.purge()).toBeGreaterThanOrEqual(2);
    expect(await store.tokens.find(good.token)).not.toBeNull();
    expect(await store.tokens.purge()).toBe(0);
  });
});
