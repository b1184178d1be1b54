CREATE SCHEMA IF NOT EXISTS "tidegate";
--> statement-breakpoint
CREATE SCHEMA IF NOT EXISTS "tidegate_mirror";
--> statement-breakpoint
CREATE TABLE "tidegate"."journal_epoch" (
	"lineage_id" uuid NOT NULL,
	"epoch" uuid NOT NULL,
	"ordinal" bigint NOT NULL,
	"first_seen_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "journal_epoch_lineage_id_epoch_pk" PRIMARY KEY("lineage_id","epoch")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."lineage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"fleet_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"current_schema_hash" text NOT NULL,
	"last_batch_at" timestamp (6) with time zone NOT NULL,
	"accepted_rows" bigint DEFAULT 0 NOT NULL,
	"duplicate_rows" bigint DEFAULT 0 NOT NULL,
	"rejected_rows" bigint DEFAULT 0 NOT NULL,
	"staged_rows" bigint DEFAULT 0 NOT NULL,
	"staged_bytes" bigint DEFAULT 0 NOT NULL,
	"watermark_epoch" uuid,
	"watermark_ordinal" bigint,
	"watermark_seq" bigint,
	"watermark_batch_seq" bigint,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"last_error_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lineage_staged_not_negative" CHECK ("tidegate"."lineage"."staged_rows" >= 0 and "tidegate"."lineage"."staged_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "tidegate"."pause_cause" (
	"lineage_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"since" timestamp (6) with time zone NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "pause_cause_lineage_id_cause_pk" PRIMARY KEY("lineage_id","cause")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."policy" (
	"scope" text NOT NULL,
	"scope_id" uuid NOT NULL,
	"fields" jsonb NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_scope_scope_id_pk" PRIMARY KEY("scope","scope_id")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."schema_review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"fleet_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"lineage_id" uuid NOT NULL,
	"schema_version_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"schema_hash" text NOT NULL,
	"classification" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"status" text NOT NULL,
	"action_version" integer DEFAULT 1 NOT NULL,
	"claimed_by" uuid,
	"claimed_at" timestamp (6) with time zone,
	"draft" jsonb,
	"draft_at" timestamp (6) with time zone,
	"column_actions" jsonb,
	"reason" text,
	"decided_by" uuid,
	"decided_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."schema_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lineage_id" uuid NOT NULL,
	"schema_hash" text NOT NULL,
	"classification" text NOT NULL,
	"verified" boolean NOT NULL,
	"columns" jsonb,
	"reasons" jsonb NOT NULL,
	"status" text NOT NULL,
	"staged_rows" bigint DEFAULT 0 NOT NULL,
	"staged_bytes" bigint DEFAULT 0 NOT NULL,
	"first_seen_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."batch_ledger" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tidegate"."batch_ledger_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
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
	"received_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."column_binding" (
	"lineage_id" uuid NOT NULL,
	"schema_hash" text NOT NULL,
	"source_column_name" text NOT NULL,
	"action" text NOT NULL,
	"mirror_id" uuid,
	"mirror_column_name" text,
	"device_data_point_id" uuid,
	CONSTRAINT "column_binding_lineage_id_schema_hash_source_column_name_pk" PRIMARY KEY("lineage_id","schema_hash","source_column_name")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."control" (
	"id" uuid PRIMARY KEY NOT NULL,
	"device_id" uuid NOT NULL,
	"lineage_id" uuid,
	"source_table" text,
	"control_kind" text NOT NULL,
	"server_watermark" bigint,
	"reason" text,
	"body" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (6) with time zone,
	"next_send_at" timestamp (6) with time zone NOT NULL,
	"acknowledged_at" timestamp (6) with time zone,
	"superseded_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "tidegate"."event" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tidegate"."event_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"org_id" uuid,
	"project_id" uuid,
	"fleet_id" uuid,
	"device_id" uuid,
	"lineage_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_label" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"data" jsonb NOT NULL,
	"correlation_id" text NOT NULL,
	CONSTRAINT "event_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."mirror" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"scope_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"generation" integer NOT NULL,
	"table_name" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mirror_table_name_unique" UNIQUE("table_name")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."mirror_column" (
	"mirror_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"source_column_name" text NOT NULL,
	"key_ordinal" integer NOT NULL,
	CONSTRAINT "mirror_column_mirror_id_name_pk" PRIMARY KEY("mirror_id","name")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."mirror_tombstone" (
	"mirror_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"key_hash" "bytea" NOT NULL,
	"version_epoch" bigint NOT NULL,
	"version_seq" bigint NOT NULL,
	"deleted_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "mirror_tombstone_mirror_id_device_id_key_hash_pk" PRIMARY KEY("mirror_id","device_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."rejected_batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid,
	"project_id" uuid,
	"device_id" uuid,
	"topic" text NOT NULL,
	"code" text NOT NULL,
	"detail" text NOT NULL,
	"path" text,
	"batch_id" text,
	"source_table" text,
	"payload" "bytea" NOT NULL,
	"bytes" integer NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	"retried_at" timestamp (6) with time zone,
	"retry_outcome" text
);
--> statement-breakpoint
CREATE TABLE "tidegate"."replay_intent" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lineage_id" uuid NOT NULL,
	"review_id" uuid,
	"action_kind" text NOT NULL,
	"action_version" integer NOT NULL,
	"status" text NOT NULL,
	"total_rows" bigint NOT NULL,
	"done_rows" bigint DEFAULT 0 NOT NULL,
	"failed_rows" bigint DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"cursor_ordinal" bigint,
	"cursor_seq" bigint,
	"cursor_pk_hash" "bytea",
	"not_before" timestamp (6) with time zone NOT NULL,
	"started_at" timestamp (6) with time zone,
	"finished_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."staged_row" (
	"lineage_id" uuid NOT NULL,
	"epoch_ordinal" bigint NOT NULL,
	"commit_seq" bigint NOT NULL,
	"pk_hash" "bytea" NOT NULL,
	"journal_epoch" uuid NOT NULL,
	"schema_hash" text NOT NULL,
	"op" text NOT NULL,
	"pk" text NOT NULL,
	"row" text,
	"staging_reason" text NOT NULL,
	"error" text,
	"received_at" timestamp (6) with time zone NOT NULL,
	"bytes" integer NOT NULL,
	CONSTRAINT "staged_row_lineage_id_epoch_ordinal_commit_seq_pk_hash_pk" PRIMARY KEY("lineage_id","epoch_ordinal","commit_seq","pk_hash")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."worker_slot" (
	"slot" text PRIMARY KEY NOT NULL,
	"pid" integer NOT NULL,
	"version" text NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"beat_at" timestamp (6) with time zone NOT NULL,
	"broker_connected" text NOT NULL,
	"broker_detail" text
);
--> statement-breakpoint
CREATE TABLE "tidegate"."api_token" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" text[] DEFAULT '{}'::text[] NOT NULL,
	"expires_at" timestamp (6) with time zone,
	"last_used_at" timestamp (6) with time zone,
	"revoked_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_token_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."app_user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (6) with time zone,
	CONSTRAINT "app_user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."device" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"fleet_id" uuid NOT NULL,
	"name" text NOT NULL,
	"root_topic" text NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"connected" boolean DEFAULT false NOT NULL,
	"connected_at" timestamp (6) with time zone,
	"last_seen_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_root_topic_unique" UNIQUE("root_topic")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."device_credential" (
	"device_id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (6) with time zone,
	CONSTRAINT "device_credential_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."fleet" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."idempotency_key" (
	"owner" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" text,
	"body" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_key_owner_key_pk" PRIMARY KEY("owner","key")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."membership" (
	"user_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "membership_user_id_org_id_pk" PRIMARY KEY("user_id","org_id")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."org" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."project" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"topic_slug" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_topic_slug_unique" UNIQUE("topic_slug")
);
--> statement-breakpoint
ALTER TABLE "tidegate"."journal_epoch" ADD CONSTRAINT "journal_epoch_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD CONSTRAINT "lineage_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD CONSTRAINT "lineage_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD CONSTRAINT "lineage_fleet_id_fleet_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "tidegate"."fleet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."lineage" ADD CONSTRAINT "lineage_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."pause_cause" ADD CONSTRAINT "pause_cause_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."schema_review" ADD CONSTRAINT "schema_review_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."schema_review" ADD CONSTRAINT "schema_review_schema_version_id_schema_version_id_fk" FOREIGN KEY ("schema_version_id") REFERENCES "tidegate"."schema_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."schema_version" ADD CONSTRAINT "schema_version_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."batch_ledger" ADD CONSTRAINT "batch_ledger_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."column_binding" ADD CONSTRAINT "column_binding_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."column_binding" ADD CONSTRAINT "column_binding_mirror_id_mirror_id_fk" FOREIGN KEY ("mirror_id") REFERENCES "tidegate"."mirror"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."control" ADD CONSTRAINT "control_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."control" ADD CONSTRAINT "control_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."mirror" ADD CONSTRAINT "mirror_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."mirror_column" ADD CONSTRAINT "mirror_column_mirror_id_mirror_id_fk" FOREIGN KEY ("mirror_id") REFERENCES "tidegate"."mirror"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."mirror_tombstone" ADD CONSTRAINT "mirror_tombstone_mirror_id_mirror_id_fk" FOREIGN KEY ("mirror_id") REFERENCES "tidegate"."mirror"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."replay_intent" ADD CONSTRAINT "replay_intent_lineage_id_lineage_id_fk" FOREIGN KEY ("lineage_id") REFERENCES "tidegate"."lineage"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."replay_intent" ADD CONSTRAINT "replay_intent_review_id_schema_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "tidegate"."schema_review"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."api_token" ADD CONSTRAINT "api_token_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "tidegate"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."device" ADD CONSTRAINT "device_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."device" ADD CONSTRAINT "device_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."device" ADD CONSTRAINT "device_fleet_id_fleet_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "tidegate"."fleet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."device_credential" ADD CONSTRAINT "device_credential_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."fleet" ADD CONSTRAINT "fleet_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."membership" ADD CONSTRAINT "membership_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "tidegate"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."membership" ADD CONSTRAINT "membership_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."project" ADD CONSTRAINT "project_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_epoch_ordinal" ON "tidegate"."journal_epoch" USING btree ("lineage_id","ordinal");--> statement-breakpoint
CREATE UNIQUE INDEX "lineage_device_table" ON "tidegate"."lineage" USING btree ("device_id","source_table");--> statement-breakpoint
CREATE INDEX "lineage_project_updated" ON "tidegate"."lineage" USING btree ("project_id","last_batch_at","id");--> statement-breakpoint
CREATE INDEX "lineage_project_table" ON "tidegate"."lineage" USING btree ("project_id","source_table","id");--> statement-breakpoint
CREATE INDEX "schema_review_queue" ON "tidegate"."schema_review" USING btree ("project_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "schema_review_lineage" ON "tidegate"."schema_review" USING btree ("lineage_id");--> statement-breakpoint
CREATE UNIQUE INDEX "schema_review_open" ON "tidegate"."schema_review" USING btree ("lineage_id","schema_hash") WHERE "tidegate"."schema_review"."status" in ('queued', 'in_review');--> statement-breakpoint
CREATE UNIQUE INDEX "schema_version_hash" ON "tidegate"."schema_version" USING btree ("lineage_id","schema_hash");--> statement-breakpoint
CREATE INDEX "batch_ledger_lineage" ON "tidegate"."batch_ledger" USING btree ("lineage_id","id");--> statement-breakpoint
CREATE INDEX "batch_ledger_age" ON "tidegate"."batch_ledger" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "control_device" ON "tidegate"."control" USING btree ("device_id","created_at");--> statement-breakpoint
CREATE INDEX "control_due" ON "tidegate"."control" USING btree ("next_send_at");--> statement-breakpoint
CREATE INDEX "event_project" ON "tidegate"."event" USING btree ("project_id","seq");--> statement-breakpoint
CREATE INDEX "event_device" ON "tidegate"."event" USING btree ("device_id","seq");--> statement-breakpoint
CREATE INDEX "event_lineage" ON "tidegate"."event" USING btree ("lineage_id","seq");--> statement-breakpoint
CREATE INDEX "event_subject" ON "tidegate"."event" USING btree ("subject_kind","subject_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "mirror_source" ON "tidegate"."mirror" USING btree ("scope","scope_id","source_table","generation");--> statement-breakpoint
CREATE INDEX "rejected_batch_inbox" ON "tidegate"."rejected_batch" USING btree ("project_id","received_at","id");--> statement-breakpoint
CREATE INDEX "rejected_batch_device" ON "tidegate"."rejected_batch" USING btree ("device_id","received_at");--> statement-breakpoint
CREATE INDEX "replay_intent_lineage" ON "tidegate"."replay_intent" USING btree ("lineage_id","created_at");--> statement-breakpoint
CREATE INDEX "replay_intent_open" ON "tidegate"."replay_intent" USING btree ("status","not_before");--> statement-breakpoint
CREATE UNIQUE INDEX "device_project_name" ON "tidegate"."device" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "device_fleet" ON "tidegate"."device" USING btree ("fleet_id");--> statement-breakpoint
CREATE UNIQUE INDEX "fleet_project_name" ON "tidegate"."fleet" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "idempotency_key_age" ON "tidegate"."idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "project_org_name" ON "tidegate"."project" USING btree ("org_id","name");