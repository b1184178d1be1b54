CREATE INDEX "registry_entry_mirror" ON "tidegate"."registry_entry" USING btree ("mirror_id");--> statement-breakpoint
CREATE INDEX "column_binding_mirror" ON "tidegate"."column_binding" USING btree ("mirror_id","lineage_id");--> statement-breakpoint
CREATE INDEX "mirror_shared" ON "tidegate"."mirror" USING btree ("project_id","source_table","id") WHERE "tidegate"."mirror"."scope" <> 'device';