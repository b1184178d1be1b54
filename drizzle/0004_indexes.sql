DROP INDEX "tidegate"."control_due";--> statement-breakpoint
CREATE INDEX "lineage_project_staged" ON "tidegate"."lineage" USING btree ("project_id","staged_rows","id");--> statement-breakpoint
CREATE INDEX "schema_review_version" ON "tidegate"."schema_review" USING btree ("schema_version_id");--> statement-breakpoint
CREATE INDEX "schema_review_project" ON "tidegate"."schema_review" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "control_lineage" ON "tidegate"."control" USING btree ("lineage_id","created_at");--> statement-breakpoint
CREATE INDEX "rejected_batch_age" ON "tidegate"."rejected_batch" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "control_due" ON "tidegate"."control" USING btree ("next_send_at") WHERE "tidegate"."control"."acknowledged_at" is null and "tidegate"."control"."superseded_at" is null;