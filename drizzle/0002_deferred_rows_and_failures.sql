CREATE TABLE "tidegate"."deferred_row" (
	"mirror_id" uuid NOT NULL,
	"lineage_id" uuid NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"version_epoch" bigint NOT NULL,
	"version_seq" bigint NOT NULL,
	"schema_hash" text NOT NULL,
	"journal_epoch" uuid NOT NULL,
	"pk_hash" "bytea" NOT NULL,
	"op" text NOT NULL,
	"pk" text NOT NULL,
	"row" text NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "deferred_row_mirror_id_lineage_id_key_hash_pk" PRIMARY KEY("mirror_id","lineage_id","key_hash")
);
--> statement-breakpoint
ALTER TABLE "tidegate"."column_binding" ADD COLUMN "text_column_name" text;--> statement-breakpoint
ALTER TABLE "tidegate"."staged_row" ADD COLUMN "error_column" text;--> statement-breakpoint
ALTER TABLE "tidegate"."staged_row" ADD COLUMN "error_kind" text;--> statement-breakpoint
ALTER TABLE "tidegate"."staged_row" ADD COLUMN "null_columns" jsonb;--> statement-breakpoint
ALTER TABLE "tidegate"."deferred_row" ADD CONSTRAINT "deferred_row_mirror_id_mirror_id_fk" FOREIGN KEY ("mirror_id") REFERENCES "tidegate"."mirror"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."deferred_row" ADD CONSTRAINT "deferred_row_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deferred_row_schema" ON "tidegate"."deferred_row" USING btree ("lineage_id","schema_hash");