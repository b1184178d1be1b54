CREATE TABLE "tidegate"."data_point_latest" (
	"data_point_id" uuid PRIMARY KEY NOT NULL,
	"device_id" uuid NOT NULL,
	"ts" timestamp (6) with time zone NOT NULL,
	"ts_nanos" smallint NOT NULL,
	"value_numeric" numeric,
	"value_boolean" boolean,
	"value_text" text,
	"version_epoch" bigint NOT NULL,
	"version_seq" bigint NOT NULL,
	"version_key" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."device_data_point" (
	"id" uuid PRIMARY KEY NOT NULL,
	"device_id" uuid NOT NULL,
	"name" text NOT NULL,
	"value_type" text NOT NULL,
	"unit" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tidegate"."staged_row" ALTER COLUMN "journal_epoch" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD COLUMN "capture" text DEFAULT 'rows' NOT NULL;--> statement-breakpoint
ALTER TABLE "tidegate"."column_binding" ADD COLUMN "is_time_column" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tidegate"."staged_row" ADD COLUMN "event_ts" text;--> statement-breakpoint
ALTER TABLE "tidegate"."deferred_row" ALTER COLUMN "journal_epoch" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "tidegate"."deferred_row" ADD COLUMN "event_ts" text;--> statement-breakpoint
ALTER TABLE "tidegate"."data_point_latest" ADD CONSTRAINT "data_point_latest_data_point_id_device_data_point_id_fk" FOREIGN KEY ("data_point_id") REFERENCES "tidegate"."device_data_point"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."device_data_point" ADD CONSTRAINT "device_data_point_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_point_latest_device" ON "tidegate"."data_point_latest" USING btree ("device_id");--> statement-breakpoint
CREATE UNIQUE INDEX "device_data_point_name" ON "tidegate"."device_data_point" USING btree ("device_id","name");--> statement-breakpoint
CREATE INDEX "batch_ledger_batch" ON "tidegate"."batch_ledger" USING btree ("device_id","batch_id");--> statement-breakpoint
DO $$
DECLARE
	timescale text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'timescaledb');
BEGIN
	EXECUTE format('CREATE TABLE "tidegate"."telemetry_data_point_value" (
		"device_id" uuid NOT NULL,
		"data_point_id" uuid NOT NULL,
		"ts" timestamptz(6) NOT NULL,
		"ts_nanos" smallint NOT NULL,
		"value_numeric" numeric,
		"value_boolean" boolean,
		"value_text" text,
		"version_epoch" bigint NOT NULL,
		"version_seq" bigint NOT NULL,
		"version_key" bytea NOT NULL,
		PRIMARY KEY ("device_id", "data_point_id", "ts", "ts_nanos")
	)%s', CASE WHEN timescale IS NULL THEN ' PARTITION BY RANGE ("ts")' ELSE '' END);
	IF timescale IS NULL THEN
		CREATE TABLE "tidegate"."telemetry_data_point_value_other" PARTITION OF "tidegate"."telemetry_data_point_value" DEFAULT;
	ELSE
		EXECUTE format('SELECT %s.create_hypertable(''tidegate.telemetry_data_point_value'', ''ts'', chunk_time_interval => interval ''1 month'')', timescale);
	END IF;
END $$;
