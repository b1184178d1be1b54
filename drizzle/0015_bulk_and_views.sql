CREATE TABLE "tidegate"."saved_view" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"search" text NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	"updated_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tidegate"."bulk_job" ADD COLUMN "started_by" uuid;--> statement-breakpoint
ALTER TABLE "tidegate"."bulk_job" ADD COLUMN "started_by_label" text;--> statement-breakpoint
ALTER TABLE "tidegate"."bulk_job_item" ADD COLUMN "subject_kind" text NOT NULL;--> statement-breakpoint
ALTER TABLE "tidegate"."saved_view" ADD CONSTRAINT "saved_view_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."saved_view" ADD CONSTRAINT "saved_view_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "tidegate"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "tidegate"."saved_view" USING btree ("project_id","user_id","page","name");--> statement-breakpoint
CREATE INDEX "saved_view_user" ON "tidegate"."saved_view" USING btree ("user_id");