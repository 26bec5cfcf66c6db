import { fail, type ImageSource } from "@ferry/core";
import type { Worker } from "../dependencies.ts";

/** Images as the record has them: uploaded ones from there, the others from the host that has the file. */
export const imageSource = ({ store, hosts }: Pick<Worker, "store" | "hosts">): ImageSource => ({
  async *open(id, signal) {
    const image = await store.images.find(id);
    if (image === null) throw fail("IMAGE_NOT_FOUND", { id });
    if (image.source === null) yield* store.images.content(id);
    else yield* (await hosts.host(image.source.hostId)).storage.download(image.source.path, signal);
  },
});
