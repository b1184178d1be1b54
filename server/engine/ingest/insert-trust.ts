// Whose word is taken that a row is new. A device says `insert` of a row that it has inserted, and a plain insert costs
// half of what the guarded upsert costs; but it may also say so of a row that the cloud has, as in a snapshot that
// comes again. Then the key itself refuses the insert, the group is written the guarded way, and the lineage is
// not believed for a while: each refusal costs a transaction.

const DISTRUST_MS = 10 * 60_000;
const LINEAGES_MAX = 10_000;

export class InsertTrust {
  private readonly until = new Map<string, number>();

  /** Whether rows of a lineage may be written as inserts. */
  has(lineageId: string, now: Date): boolean {
    return (this.until.get(lineageId) ?? 0) <= now.getTime();
  }

  /** An insert of the lineage has met a row that was there. */
  lose(lineageId: string, now: Date): void {
    this.until.delete(lineageId);
    this.until.set(lineageId, now.getTime() + DISTRUST_MS);
    const [oldest] = this.until.keys();
    if (this.until.size > LINEAGES_MAX && oldest !== undefined) this.until.delete(oldest);
  }
}
