import { plan } from "@ferry/engine";
import { bringBaseImage } from "./bring-base-image.ts";
import { checkBuildHost } from "./check-build-host.ts";
import { claimBuildHost } from "./claim-build-host.ts";
import { createConfigDrive } from "./create-config-drive.ts";
import { createRootDisk } from "./create-root-disk.ts";
import { defineServer } from "./define-server.ts";
import { handOverServer } from "./hand-over-server.ts";
import { placeServerFilters } from "./place-server-filters.ts";
import type { CreatePorts } from "./ports.ts";
import { startServer } from "./start-server.ts";

/**
 * The making of a server, whole. `startServer` is the point of no return: what fails before it leaves nothing on the host but a base image that is
 * whole; once the guest has started the server is there.
 */
export const serverCreation = plan<CreatePorts>("server-creation", {
  check: [checkBuildHost],
  setup: [claimBuildHost, bringBaseImage, createRootDisk, createConfigDrive, placeServerFilters, defineServer],
  migrate: [startServer],
  cleanup: [handOverServer],
});
