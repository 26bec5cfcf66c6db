/** One thing that happened anywhere in the datacentre. `at` counts up by one with each entry: the only time that tests compare. */
export interface JournalEntry {
  readonly at: number;
  /** Host name, or `record` for what a test notes about the database. */
  readonly where: string;
  /** `guest-runs`, `guest-stops`, `file-deleted`, `call`, … */
  readonly what: string;
  readonly subject: string;
}

/** What happened, in order, with the rules that were broken on the way and the requests that the fake does not model. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly violations: string[] = [];
  readonly surprises: string[] = [];

  note(where: string, what: string, subject: string): number {
    const at = this.entries.length;
    this.entries.push({ at, where, what, subject });
    return at;
  }

  violation(sentence: string): void {
    this.violations.push(sentence);
  }

  surprise(sentence: string): void {
    this.surprises.push(sentence);
  }

  /** Entries of that kind and subject, in order. */
  find(what: string, subject?: string): JournalEntry[] {
    return this.entries.filter((entry) => entry.what === what && (subject === undefined || entry.subject === subject));
  }
}
