CREATE INDEX "control_newest" ON "tidegate"."control" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "event_kind" ON "tidegate"."event" USING btree ("project_id","kind","seq");--> statement-breakpoint
CREATE INDEX "event_at" ON "tidegate"."event" USING btree ("project_id","at");--> statement-breakpoint
CREATE INDEX "event_fleet" ON "tidegate"."event" USING btree ("fleet_id","seq");--> statement-breakpoint
CREATE INDEX "staged_row_failed" ON "tidegate"."staged_row" USING btree ("lineage_id","epoch_ordinal","commit_seq","pk_hash") WHERE "tidegate"."staged_row"."staging_reason" = 'materialization_failed';