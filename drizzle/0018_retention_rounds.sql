CREATE TABLE "tidegate"."retention_round" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tidegate"."retention_round_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (6) with time zone NOT NULL,
	"telemetry_days" integer NOT NULL,
	"ledger_days" integer NOT NULL,
	"partitions_dropped" text[] NOT NULL,
	"rows_deleted" jsonb NOT NULL,
	"took_any" boolean NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE INDEX "retention_round_at" ON "tidegate"."retention_round" USING btree ("at");