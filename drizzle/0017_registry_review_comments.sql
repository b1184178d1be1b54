CREATE TABLE "tidegate"."registry_review_comment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"review_id" uuid NOT NULL,
	"author_id" text NOT NULL,
	"author_label" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tidegate"."registry_review_comment" ADD CONSTRAINT "registry_review_comment_review_id_registry_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "tidegate"."registry_review"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "registry_review_comment_review" ON "tidegate"."registry_review_comment" USING btree ("review_id","created_at","id");