import { randomUUID } from "node:crypto";
import type { Database, Transaction } from "./database.ts";
import { toJson } from "./json.ts";

/** Questions that only a worker can answer, because it alone reaches hosts. */
export const inquiryKinds = [
  "ssh-key",
  "scan-host-key",
  "probe-host",
  "check-host",
  "seek-host",
  "read-statistics",
  "define-pool",
  "switch-pool",
  "remove-pool",
  "create-volume",
  "adopt-volume",
  "delete-volume",
  "preflight",
] as const;
export type InquiryKind = (typeof inquiryKinds)[number];

export interface Inquiry {
  readonly id: string;
  readonly kind: InquiryKind;
  readonly input: unknown;
  readonly state: "asked" | "answered" | "failed";
  readonly answer: unknown;
  /** Code and public sentence of a failure. */
  readonly problemCode: string | null;
  readonly problem: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** The topic of the job that answers; its key is the inquiry's id. */
export const answerInquiryTopic = "answer-inquiry";

export const inquiryRecords = (db: Database) => ({
  /** Writes the question and the job for it; returns its id. The end is told on channel `ferry_inquiries`. */
  async ask(kind: InquiryKind, input: unknown): Promise<string> {
    return await db.$transaction((tx) => enterInquiry(tx, kind, input));
  },

  /** Null when there is none of that id. */
  async find(id: string): Promise<Inquiry | null> {
    const row = await db.inquiry.findUnique({ where: { id } });
    return row && { ...row, kind: row.kind as InquiryKind, state: row.state as Inquiry["state"] };
  },

  /** The question, if it still waits for its answer; null otherwise. */
  async take(id: string): Promise<{ kind: InquiryKind; input: unknown } | null> {
    const row = await db.inquiry.findFirst({ where: { id, state: "asked" } });
    return row && { kind: row.kind as InquiryKind, input: row.input };
  },

  /** False when it has ended already: the first end stays. */
  async answer(id: string, answer: unknown): Promise<boolean> {
    const data = { state: "answered", answer: toJson(answer ?? null), endedAt: new Date() };
    return (await db.inquiry.updateMany({ where: { id, state: "asked" }, data })).count === 1;
  },

  /** `problem` is a public sentence. False when it has ended already. */
  async fail(id: string, problemCode: string, problem: string): Promise<boolean> {
    const data = { state: "failed", problemCode, problem, endedAt: new Date() };
    return (await db.inquiry.updateMany({ where: { id, state: "asked" }, data })).count === 1;
  },

  /** Removes what was asked before; returns how many. */
  async purge(before: Date): Promise<number> {
    return (await db.inquiry.deleteMany({ where: { createdAt: { lt: before } } })).count;
  },
});

/** The question and the job for it, in a transaction of the caller's; returns its id. */
export async function enterInquiry(tx: Transaction, kind: InquiryKind, input: unknown): Promise<string> {
  const id = randomUUID();
  await tx.inquiry.create({ data: { id, kind, input: toJson(input ?? null) } });
  await tx.outbox.create({ data: { topic: answerInquiryTopic, key: id } });
  return id;
}
