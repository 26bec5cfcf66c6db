import { catalogue, type ErrorCode, FerryError, fail, type InquiryAnswer, type InquiryInput, type InquiryKind, SECOND } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { News } from "../news.ts";

/** How long each question may take, connecting to a slow host included. */
const deadlinesMs: Readonly<Record<InquiryKind, number>> = {
  "ssh-key": 10 * SECOND,
  "scan-host-key": 30 * SECOND,
  "probe-host": 90 * SECOND,
  "check-host": 60 * SECOND,
  "seek-host": 60 * SECOND,
  "read-statistics": 30 * SECOND,
  "define-pool": 90 * SECOND,
  "switch-pool": 90 * SECOND,
  "remove-pool": 90 * SECOND,
  "create-volume": 90 * SECOND,
  "adopt-volume": 90 * SECOND,
  "delete-volume": 90 * SECOND,
  preflight: 90 * SECOND,
};

/** Asks a worker and waits for its answer. Throws what the worker reports, or WORKER_SILENT after the deadline. */
export interface Inquirer {
  ask<K extends InquiryKind>(kind: K, input: InquiryInput<K>): Promise<InquiryAnswer<K>>;
}

/** Opens the asking side: one listener on the database's notifications serves all who wait. `deadlineMs` replaces the table, for tests. */
export function openInquirer(store: Store, news: News, deadlineMs?: number): Inquirer {
  const waiting = new Map<string, () => void>();
  news.on("inquiry", ({ id }) => waiting.get(id)?.());
  news.on("resync", () => {
    for (const wake of waiting.values()) wake();
  });
  return {
    async ask<K extends InquiryKind>(kind: K, input: InquiryInput<K>): Promise<InquiryAnswer<K>> {
      const id = await store.inquiries.ask(kind, input);
      const limitMs = deadlineMs ?? deadlinesMs[kind];
      const inquiry = await ended(store, waiting, id, limitMs);
      if (inquiry === null) throw fail("WORKER_SILENT", { seconds: limitMs / SECOND });
      if (inquiry.state === "failed") throw reported(inquiry.problemCode, inquiry.problem);
      return inquiry.answer as InquiryAnswer<K>;
    },
  };
}

type Ended = NonNullable<Awaited<ReturnType<Store["inquiries"]["find"]>>>;

/** The inquiry once it has ended; null when it has not within `limitMs`. */
async function ended(store: Store, waiting: Map<string, () => void>, id: string, limitMs: number): Promise<Ended | null> {
  const deadline = AbortSignal.timeout(limitMs);
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        waiting.set(id, resolve);
        deadline.addEventListener("abort", () => resolve(), { once: true });
      });
      const inquiry = await store.inquiries.find(id);
      if (inquiry !== null && inquiry.state !== "asked") return inquiry;
      if (deadline.aborted) return null;
      await woken;
    }
  } finally {
    waiting.delete(id);
  }
}

const isCode = (code: string | null): code is ErrorCode => code !== null && Object.hasOwn(catalogue, code);

function reported(code: string | null, sentence: string | null): FerryError {
  return isCode(code) && sentence !== null ? new FerryError(code, sentence) : fail("INTERNAL", {}, `inquiry failed: ${code} ${sentence}`);
}
