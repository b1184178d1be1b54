ALTER TABLE "tidegate"."lineage" ADD COLUMN "last_staged_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD COLUMN "last_written_at" timestamp (6) with time zone;--> statement-breakpoint
-- What the ledger still knows; of rows that were staged before its time, the newest one.
UPDATE "tidegate"."lineage" l SET
  "last_staged_at" = greatest(b."staged_at", (SELECT s."received_at" FROM "tidegate"."staged_row" s
    WHERE s."lineage_id" = l."id"
    ORDER BY s."epoch_ordinal" DESC, s."commit_seq" DESC, s."pk_hash" DESC LIMIT 1)),
  "last_written_at" = greatest(b."written_at", (SELECT max(r."updated_at") FROM "tidegate"."replay_intent" r
    WHERE r."lineage_id" = l."id" AND r."done_rows" > 0))
FROM "tidegate"."lineage" known
LEFT JOIN (SELECT "lineage_id", max("received_at") FILTER (WHERE "outcome" <> 'mirrored') AS "staged_at",
    max("received_at") FILTER (WHERE "outcome" <> 'staged') AS "written_at"
  FROM "tidegate"."batch_ledger" GROUP BY "lineage_id") b ON b."lineage_id" = known."id"
WHERE known."id" = l."id";
