CREATE TABLE "tidegate"."bulk_job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"action" text NOT NULL,
	"filter" jsonb NOT NULL,
	"params" jsonb NOT NULL,
	"shapes" jsonb NOT NULL,
	"status" text NOT NULL,
	"total_items" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"created_by_label" text NOT NULL,
	"permissions" text[] NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	"started_at" timestamp (6) with time zone,
	"finished_at" timestamp (6) with time zone,
	"updated_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."bulk_job_item" (
	"job_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"subject_id" uuid NOT NULL,
	"device_name" text NOT NULL,
	"source_table" text NOT NULL,
	"schema_hash" text NOT NULL,
	"action_version" integer,
	"status" text NOT NULL,
	"code" text,
	"detail" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (6) with time zone,
	CONSTRAINT "bulk_job_item_job_id_position_pk" PRIMARY KEY("job_id","position")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."review_comment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"review_id" uuid NOT NULL,
	"author_id" text NOT NULL,
	"author_label" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."schema_observation" (
	"device_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"schema_hash" text NOT NULL,
	"columns" jsonb,
	"observed_at" timestamp (6) with time zone NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "schema_observation_device_id_source_table_pk" PRIMARY KEY("device_id","source_table")
);
--> statement-breakpoint
ALTER TABLE "tidegate"."schema_review" ADD COLUMN "draft_basis" jsonb;--> statement-breakpoint
ALTER TABLE "tidegate"."schema_version" ADD COLUMN "columns_hash" text;--> statement-breakpoint
ALTER TABLE "tidegate"."bulk_job" ADD CONSTRAINT "bulk_job_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."bulk_job" ADD CONSTRAINT "bulk_job_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."bulk_job_item" ADD CONSTRAINT "bulk_job_item_job_id_bulk_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "tidegate"."bulk_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."review_comment" ADD CONSTRAINT "review_comment_review_id_schema_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "tidegate"."schema_review"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."schema_observation" ADD CONSTRAINT "schema_observation_device_id_device_id_fk" FOREIGN KEY ("device_id") REFERENCES "tidegate"."device"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_job_project" ON "tidegate"."bulk_job" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_job_running" ON "tidegate"."bulk_job" USING btree ("started_at") WHERE "tidegate"."bulk_job"."status" = 'running';--> statement-breakpoint
CREATE INDEX "bulk_job_item_pending" ON "tidegate"."bulk_job_item" USING btree ("job_id","position") WHERE "tidegate"."bulk_job_item"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "bulk_job_item_status" ON "tidegate"."bulk_job_item" USING btree ("job_id","status","position");--> statement-breakpoint
CREATE INDEX "review_comment_review" ON "tidegate"."review_comment" USING btree ("review_id","created_at","id");--> statement-breakpoint
CREATE INDEX "schema_review_waiting" ON "tidegate"."schema_review" USING btree ("project_id","source_table","schema_hash") WHERE "tidegate"."schema_review"."status" in ('queued', 'in_review');