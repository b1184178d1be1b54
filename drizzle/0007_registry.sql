CREATE TABLE "tidegate"."consolidation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"fleet_id" uuid,
	"scope" text NOT NULL,
	"scope_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"not_before" timestamp (6) with time zone NOT NULL,
	"started_at" timestamp (6) with time zone,
	"finished_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."consolidation_device" (
	"consolidation_id" uuid NOT NULL,
	"lineage_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"device_name" text NOT NULL,
	"status" text NOT NULL,
	"detail" text,
	"copied_rows" bigint DEFAULT 0 NOT NULL,
	"copied_tombstones" bigint DEFAULT 0 NOT NULL,
	"cursor" jsonb,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consolidation_device_consolidation_id_lineage_id_pk" PRIMARY KEY("consolidation_id","lineage_id")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."registry_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"fleet_id" uuid,
	"scope" text NOT NULL,
	"scope_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"schema_hash" text NOT NULL,
	"capture" text NOT NULL,
	"classification" text NOT NULL,
	"verified" boolean NOT NULL,
	"columns" jsonb,
	"reasons" jsonb NOT NULL,
	"status" text NOT NULL,
	"column_actions" jsonb,
	"bindings" jsonb,
	"time_column" text,
	"mirror_id" uuid,
	"decided_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."registry_review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"fleet_id" uuid,
	"scope" text NOT NULL,
	"scope_id" uuid NOT NULL,
	"source_table" text NOT NULL,
	"registry_id" uuid NOT NULL,
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
ALTER TABLE "tidegate"."schema_review" ADD COLUMN "superseded_by" uuid;--> statement-breakpoint
ALTER TABLE "tidegate"."schema_version" ADD COLUMN "registry_entry_id" uuid;--> statement-breakpoint
ALTER TABLE "tidegate"."replay_intent" ADD COLUMN "registry_review_id" uuid;--> statement-breakpoint
ALTER TABLE "tidegate"."consolidation" ADD CONSTRAINT "consolidation_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."consolidation" ADD CONSTRAINT "consolidation_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."consolidation" ADD CONSTRAINT "consolidation_fleet_id_fleet_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "tidegate"."fleet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."consolidation_device" ADD CONSTRAINT "consolidation_device_consolidation_id_consolidation_id_fk" FOREIGN KEY ("consolidation_id") REFERENCES "tidegate"."consolidation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_entry" ADD CONSTRAINT "registry_entry_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_entry" ADD CONSTRAINT "registry_entry_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_entry" ADD CONSTRAINT "registry_entry_fleet_id_fleet_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "tidegate"."fleet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_entry" ADD CONSTRAINT "registry_entry_mirror_id_mirror_id_fk" FOREIGN KEY ("mirror_id") REFERENCES "tidegate"."mirror"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_review" ADD CONSTRAINT "registry_review_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_review" ADD CONSTRAINT "registry_review_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_review" ADD CONSTRAINT "registry_review_fleet_id_fleet_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "tidegate"."fleet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."registry_review" ADD CONSTRAINT "registry_review_registry_id_registry_entry_id_fk" FOREIGN KEY ("registry_id") REFERENCES "tidegate"."registry_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consolidation_project" ON "tidegate"."consolidation" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "consolidation_due" ON "tidegate"."consolidation" USING btree ("not_before") WHERE "tidegate"."consolidation"."status" in ('pending', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "consolidation_open" ON "tidegate"."consolidation" USING btree ("scope","scope_id","source_table") WHERE "tidegate"."consolidation"."status" <> 'completed';--> statement-breakpoint
CREATE UNIQUE INDEX "registry_entry_hash" ON "tidegate"."registry_entry" USING btree ("scope","scope_id","source_table","schema_hash");--> statement-breakpoint
CREATE INDEX "registry_entry_project" ON "tidegate"."registry_entry" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "registry_review_queue" ON "tidegate"."registry_review" USING btree ("project_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "registry_review_project" ON "tidegate"."registry_review" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "registry_review_entry" ON "tidegate"."registry_review" USING btree ("registry_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "registry_review_open" ON "tidegate"."registry_review" USING btree ("registry_id") WHERE "tidegate"."registry_review"."status" in ('queued', 'in_review');--> statement-breakpoint
CREATE INDEX "schema_version_registry" ON "tidegate"."schema_version" USING btree ("registry_entry_id","status") WHERE "tidegate"."schema_version"."registry_entry_id" is not null;--> statement-breakpoint
CREATE INDEX "replay_intent_registry" ON "tidegate"."replay_intent" USING btree ("registry_review_id") WHERE "tidegate"."replay_intent"."registry_review_id" is not null;