DROP INDEX "tidegate"."schema_version_registry";--> statement-breakpoint
ALTER TABLE "tidegate"."schema_version" ADD COLUMN "is_current" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "tidegate"."schema_version" v SET "is_current" = true
FROM "tidegate"."lineage" l WHERE l."id" = v."lineage_id" AND l."current_schema_hash" = v."schema_hash";--> statement-breakpoint
CREATE INDEX "schema_version_registry" ON "tidegate"."schema_version" USING btree ("registry_entry_id","status","is_current","lineage_id") WHERE "tidegate"."schema_version"."registry_entry_id" is not null;--> statement-breakpoint
-- The flag says again what the lineage says, for the index's sake. Here and not beside each of the writes of a lineage,
-- which come with every batch: a schema changes once in a thousand of them, and one forgotten place would be a wrong count.
CREATE FUNCTION "tidegate"."note_current_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "tidegate"."schema_version" SET "is_current" = ("schema_hash" = NEW."current_schema_hash")
  WHERE "lineage_id" = NEW."id" AND "is_current" <> ("schema_hash" = NEW."current_schema_hash");
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "lineage_current_version" AFTER UPDATE OF "current_schema_hash" ON "tidegate"."lineage"
FOR EACH ROW WHEN (OLD."current_schema_hash" IS DISTINCT FROM NEW."current_schema_hash")
EXECUTE FUNCTION "tidegate"."note_current_version"();--> statement-breakpoint
CREATE FUNCTION "tidegate"."begin_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."is_current" := EXISTS (SELECT FROM "tidegate"."lineage" l
    WHERE l."id" = NEW."lineage_id" AND l."current_schema_hash" = NEW."schema_hash");
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "schema_version_current" BEFORE INSERT ON "tidegate"."schema_version"
FOR EACH ROW EXECUTE FUNCTION "tidegate"."begin_version"();
