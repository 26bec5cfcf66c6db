import { plan } from "@ferry/engine";
import { bringBaseImageFor } from "../create/bring-base-image.ts";
import { handOverServer } from "../create/hand-over-server.ts";
import type { CreatePorts } from "../create/ports.ts";
import { checkRebuild } from "./check-rebuild.ts";
import { redefineServer } from "./redefine-server.ts";
import { remakeConfigDrive, remakeRootDisk } from "./remake-disks.ts";
import { startRebuilt } from "./start-rebuilt.ts";
import { stopForRebuild } from "./stop-for-rebuild.ts";

/**
 * A server's disk made anew from an image, where the server is. Until the guest is stopped a failure changes nothing; after it the server is off and in error,
 * and may be rebuilt again. Each step may run twice.
 */
export const serverRebuild = plan<CreatePorts>("server-rebuild", {
  check: [checkRebuild],
  setup: [bringBaseImageFor(checkRebuild), stopForRebuild, remakeRootDisk, remakeConfigDrive, redefineServer],
  migrate: [startRebuilt],
  cleanup: [handOverServer],
});
