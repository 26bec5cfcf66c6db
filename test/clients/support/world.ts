import { openStore } from "@ferry/store";
import { ensureClientPackages, type Lab, labDown, labUp } from "../../lab/index.ts";
import { kvmWorks } from "../../lab/probe-kvm.ts";
import { Stack } from "../../stack/stack.ts";

/** Test files that run at the same time have different pool ids, from 1. */
const workerNumber = Number(process.env["VITEST_POOL_ID"] ?? "1");
const labOptions = {
  name: process.env["FERRY_LAB_NAME"] ?? `clients${workerNumber}`,
  subnet: process.env["FERRY_LAB_SUBNET"] ?? `198.18.${101 + workerNumber}.0/24`,
};

/** Who a client is, and where he works. */
export interface Account {
  readonly user: string;
  readonly project: string;
  readonly password: string;
}

/** Two real hosts and ferry's real processes, for clients that know nothing of either. One per test file. */
export class ClientWorld {
  readonly lab: Lab;
  readonly stack: Stack;

  private constructor(lab: Lab, stack: Stack) {
    this.lab = lab;
    this.stack = stack;
  }

  /** Installs the clients, brings up a fresh lab and a fresh ferry that knows both hosts. */
  static async open(): Promise<ClientWorld> {
    await ensureClientPackages();
    await labDown(labOptions);
    const lab = await labUp({ ...labOptions, hosts: 2 });
    const stack = await Stack.start(lab, { FERRY_VIRT_TYPE: (await kvmWorks(lab.config)) ? "kvm" : "qemu" });
    try {
      await stack.addHosts(lab.hosts);
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return new ClientWorld(lab, stack);
  }

  /** Ends everything; safe when `open` has failed half-way. */
  static async close(world: ClientWorld | undefined): Promise<void> {
    try {
      await world?.stack.stop();
    } finally {
      await labDown(labOptions);
    }
  }

  get admin(): Account {
    return { user: "admin", project: "admin", password: this.stack.password };
  }

  /** A project with one user, who has the role member there. */
  async addMember(name: string): Promise<Account> {
    const account = { user: name, project: name, password: `password-of-${name}` };
    const store = openStore({ connectionString: this.stack.databaseUrl });
    try {
      const [project, user] = [await store.identity.ensureProject(name), await store.identity.addUser(name, account.password)];
      await store.identity.assignRole(user.id, project.id, "member");
    } finally {
      await store.close();
    }
    return account;
  }
}
