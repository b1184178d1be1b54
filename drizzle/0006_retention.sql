ALTER TABLE "tidegate"."lineage" ADD COLUMN "delivered_ordinal" bigint;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD COLUMN "delivered_seq" bigint;--> statement-breakpoint
CREATE TABLE "tidegate"."batch_ledger_new" (
	"id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
	"batch_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"device_id" uuid NOT NULL,
	"lineage_id" uuid NOT NULL,
	"schema_hash" text NOT NULL,
	"journal_epoch" uuid,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"rows" integer NOT NULL,
	"duplicates" integer NOT NULL,
	"bytes" integer NOT NULL,
	"outcome" text NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "batch_ledger_received_at_id_pk" PRIMARY KEY ("received_at", "id")
) PARTITION BY RANGE ("received_at");--> statement-breakpoint
CREATE TABLE "tidegate"."batch_ledger_other" PARTITION OF "tidegate"."batch_ledger_new" DEFAULT;--> statement-breakpoint
INSERT INTO "tidegate"."batch_ledger_new" ("id", "batch_id", "kind", "device_id", "lineage_id", "schema_hash", "journal_epoch", "first_seq", "last_seq", "rows", "duplicates", "bytes", "outcome", "received_at")
	OVERRIDING SYSTEM VALUE
	SELECT "id", "batch_id", "kind", "device_id", "lineage_id", "schema_hash", "journal_epoch", "first_seq", "last_seq", "rows", "duplicates", "bytes", "outcome", "received_at" FROM "tidegate"."batch_ledger";--> statement-breakpoint
SELECT setval(pg_get_serial_sequence('tidegate.batch_ledger_new', 'id'), (SELECT coalesce(max("id"), 0) + 1 FROM "tidegate"."batch_ledger"), false);--> statement-breakpoint
DROP TABLE "tidegate"."batch_ledger";--> statement-breakpoint
ALTER TABLE "tidegate"."batch_ledger_new" RENAME TO "batch_ledger";--> statement-breakpoint
ALTER TABLE "tidegate"."batch_ledger" ADD CONSTRAINT "batch_ledger_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_ledger_lineage" ON "tidegate"."batch_ledger" USING btree ("lineage_id","id");--> statement-breakpoint
CREATE INDEX "batch_ledger_age" ON "tidegate"."batch_ledger" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "batch_ledger_batch" ON "tidegate"."batch_ledger" USING btree ("device_id","batch_id");--> statement-breakpoint
DO $$
BEGIN
	-- Where the extension keeps the values there is no partition of the rest.
	IF to_regclass('tidegate.telemetry_data_point_value_other') IS NOT NULL THEN
		CREATE INDEX "telemetry_data_point_value_other_ts" ON "tidegate"."telemetry_data_point_value_other" USING btree ("ts");
	END IF;
END $$;
