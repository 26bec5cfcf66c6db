import { fail } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { afterCleanUp, type TaskStates } from "../src/services/after-clean-up.ts";

const pending = () => fail("SERVER_MIGRATION_PENDING", { action: "os-migrateLive", id: "a", migration: 1 });
const withTask = (taskState: string | null): TaskStates => ({ serverLists: { find: async () => ({ taskState }) } });

/** Refuses `times` times and counts. */
function accepting(times: number) {
  const tries = { count: 0 };
  const accept = async (): Promise<string> => {
    tries.count += 1;
    if (tries.count <= times) throw pending();
    return "accepted";
  };
  return { tries, accept };
}

describe("a move that is asked for while an earlier one tidies up", () => {
  it("is accepted as soon as that has ended", async () => {
    const { tries, accept } = accepting(2);
    expect(await afterCleanUp(withTask(null), "a", accept)).toBe("accepted");
    expect(tries.count).toBe(3);
  });

  it("is refused when that takes too long", async () => {
    const { accept } = accepting(Number.POSITIVE_INFINITY);
    await expect(afterCleanUp(withTask(null), "a", accept, 250)).rejects.toMatchObject({ code: "SERVER_MIGRATION_PENDING" });
  });

  it("is refused at once while the server is still on its way", async () => {
    const { tries, accept } = accepting(2);
    await expect(afterCleanUp(withTask("migrating"), "a", accept)).rejects.toMatchObject({ code: "SERVER_MIGRATION_PENDING" });
    expect(tries.count).toBe(1);
  });

  it("is refused at once for any other reason", async () => {
    const refuse = async (): Promise<never> => {
      throw fail("SERVER_NOT_FOUND", { id: "a" });
    };
    await expect(afterCleanUp(withTask(null), "a", refuse)).rejects.toMatchObject({ code: "SERVER_NOT_FOUND" });
  });
});
