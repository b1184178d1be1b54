CREATE TABLE "tidegate"."mqtt_access_event" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tidegate"."mqtt_access_event_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"project_id" uuid,
	"fleet_id" uuid,
	"device_id" uuid,
	"username" text NOT NULL,
	"topic" text,
	"reason" text,
	CONSTRAINT "mqtt_access_event_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "tidegate"."rate_window" (
	"key" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"ends_at" timestamp (6) with time zone NOT NULL,
	"taken" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tidegate"."user_identity" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_identity_issuer_subject_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
ALTER TABLE "tidegate"."event" ADD COLUMN "tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "tidegate"."event" ADD COLUMN "token_id" uuid;--> statement-breakpoint
ALTER TABLE "tidegate"."event" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "tidegate"."worker_slot" ADD COLUMN "figures" jsonb;--> statement-breakpoint
ALTER TABLE "tidegate"."user_identity" ADD CONSTRAINT "user_identity_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "tidegate"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mqtt_access_event_project" ON "tidegate"."mqtt_access_event" USING btree ("project_id","seq");--> statement-breakpoint
CREATE INDEX "mqtt_access_event_device" ON "tidegate"."mqtt_access_event" USING btree ("device_id","seq");--> statement-breakpoint
CREATE INDEX "mqtt_access_event_age" ON "tidegate"."mqtt_access_event" USING btree ("at");--> statement-breakpoint
CREATE INDEX "rate_window_end" ON "tidegate"."rate_window" USING btree ("ends_at");--> statement-breakpoint
CREATE UNIQUE INDEX "user_identity_user" ON "tidegate"."user_identity" USING btree ("issuer","user_id");--> statement-breakpoint
CREATE INDEX "event_stream" ON "tidegate"."event" USING btree ("project_id","tx","seq");