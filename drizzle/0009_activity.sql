CREATE TABLE "tidegate"."activity_sample" (
	"project_id" uuid NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"accepted_rows" bigint NOT NULL,
	"staged_rows" bigint NOT NULL,
	"staged_bytes" bigint NOT NULL,
	CONSTRAINT "activity_sample_project_id_at_pk" PRIMARY KEY("project_id","at")
);
--> statement-breakpoint
ALTER TABLE "tidegate"."activity_sample" ADD CONSTRAINT "activity_sample_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activity_sample_age" ON "tidegate"."activity_sample" USING btree ("at");