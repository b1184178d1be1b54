CREATE TABLE "tidegate"."webhook" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"kinds" text[] NOT NULL,
	"enabled" boolean NOT NULL,
	"disabled_reason" text,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_secret_until" timestamp (6) with time zone,
	"failing_since" timestamp (6) with time zone,
	"last_delivered_at" timestamp (6) with time zone,
	"created_by" text NOT NULL,
	"created_by_label" text NOT NULL,
	"created_at" timestamp (6) with time zone NOT NULL,
	"updated_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."webhook_attempt" (
	"delivery_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"finished_at" timestamp (6) with time zone,
	"duration_ms" integer,
	"response_code" integer,
	"response_excerpt" text,
	"error" text,
	CONSTRAINT "webhook_attempt_delivery_id_attempt_pk" PRIMARY KEY("delivery_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "tidegate"."webhook_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"webhook_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"body" text NOT NULL,
	"status" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (6) with time zone,
	"claimed_until" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone NOT NULL,
	"finished_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "tidegate"."webhook_notice" (
	"webhook_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"told_at" timestamp (6) with time zone NOT NULL,
	"ended_at" timestamp (6) with time zone,
	CONSTRAINT "webhook_notice_webhook_id_kind_key_pk" PRIMARY KEY("webhook_id","kind","key")
);
--> statement-breakpoint
ALTER TABLE "tidegate"."webhook" ADD CONSTRAINT "webhook_org_id_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "tidegate"."org"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."webhook" ADD CONSTRAINT "webhook_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "tidegate"."project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."webhook_attempt" ADD CONSTRAINT "webhook_attempt_delivery_id_webhook_delivery_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "tidegate"."webhook_delivery"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "tidegate"."webhook"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tidegate"."webhook_notice" ADD CONSTRAINT "webhook_notice_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "tidegate"."webhook"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_project" ON "tidegate"."webhook" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_log" ON "tidegate"."webhook_delivery" USING btree ("webhook_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_age" ON "tidegate"."webhook_delivery" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "tidegate"."webhook_delivery" USING btree ("next_attempt_at") WHERE "tidegate"."webhook_delivery"."status" = 'pending';