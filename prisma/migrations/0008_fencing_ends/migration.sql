-- A migration that has ended stays as it ended, but for an evacuation that is done: it is completed when its source is back and clean.
CREATE OR REPLACE FUNCTION "ferry_guard_migration"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."ended_at" IS NOT NULL AND NEW."status" <> OLD."status" AND NOT (OLD."status" = 'done' AND NEW."status" = 'completed') THEN
        RAISE EXCEPTION 'migration % has ended as %, it cannot become %', OLD."id", OLD."status", NEW."status" USING ERRCODE = 'check_violation';
    END IF;
    IF NEW."lease_token" < OLD."lease_token" THEN
        RAISE EXCEPTION 'the lease token of migration % cannot go back', OLD."id" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- All task states, those of migrations with lower numbers included.
ALTER TABLE "servers"
    DROP CONSTRAINT "servers_task_state_check",
    ADD CONSTRAINT "servers_task_state_check" CHECK ("task_state" IN ('migrating', 'deleting', 'powering-off', 'powering-on', 'rebooting', 'rebooting_hard',
        'pausing', 'unpausing', 'suspending', 'resuming', 'resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish', 'resize_confirming',
        'resize_reverting', 'rebuilding', 'scheduling', 'spawning'));
