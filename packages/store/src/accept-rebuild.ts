import type { BuildOrder, ServerId } from "@ferry/core";
import { acceptWith } from "./accept-server-task.ts";
import type { Database } from "./database.ts";
import { toJson } from "./json.ts";

/** A request to make a server's disk anew. What is not given of its columns stays. */
export interface RebuildRequest {
  readonly serverId: ServerId;
  readonly requestId: string;
  readonly projectId: string;
  readonly userId: string;
  readonly build: BuildOrder;
  readonly columns: {
    readonly name?: string;
    readonly description?: string | null;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly accessIPv4?: string | null;
    readonly accessIPv6?: string | null;
    readonly diskConfig?: "AUTO" | "MANUAL";
    readonly hostname?: string;
    readonly keyName?: string | null;
    readonly userData?: string | null;
  };
}

/** The same as for every other action on a server, and what the server is now made of. Throws SERVER_NOT_FOUND, SERVER_WRONG_STATE, SERVER_NOT_PLACED. */
export async function acceptRebuild(db: Database, { build, columns, ...request }: RebuildRequest): Promise<void> {
  await acceptWith(db, { ...request, action: "rebuild" }, async (tx, { id }) => {
    const { metadata, ...asTheyAre } = columns;
    const data = {
      ...asTheyAre,
      ...(metadata === undefined ? {} : { metadata: toJson(metadata) }),
      imageId: build.image.id,
      build: toJson(build),
    };
    await tx.server.update({ where: { id }, data });
  });
}
