from django.db import migrations

# A saved text is never changed, and its review is written once.
KEPT = """
CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
        OR (OLD.statement_id, OLD.number, OLD.nature, OLD.content, OLD.by_id, OLD.at, OLD.note)
            IS DISTINCT FROM
            (NEW.statement_id, NEW.number, NEW.nature, NEW.content, NEW.by_id, NEW.at, NEW.note)
        OR OLD.verdict <> ''
    THEN
        RAISE EXCEPTION 'A version of a statement is kept as it is; write a new one.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_is_kept
    BEFORE UPDATE OR DELETE ON statements_version
    FOR EACH ROW EXECUTE FUNCTION keep_version();

CREATE TRIGGER versions_are_kept
    BEFORE TRUNCATE ON statements_version
    FOR EACH STATEMENT EXECUTE FUNCTION keep_version();
"""

CHANGEABLE = """
DROP TRIGGER versions_are_kept ON statements_version;
DROP TRIGGER version_is_kept ON statements_version;
DROP FUNCTION keep_version();
"""

# Four eyes: who approves wrote nothing of what was not approved before.
FOUR_EYES = """
CREATE FUNCTION refuse_own_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verdict = 'approved' AND EXISTS (
        SELECT FROM statements_version AS version
        WHERE version.statement_id = NEW.statement_id
            AND version.number <= NEW.number
            AND version.by_id = NEW.reviewed_by_id
            AND version.number > coalesce(
                (SELECT max(approved.number) FROM statements_version AS approved
                 WHERE approved.statement_id = NEW.statement_id
                    AND approved.verdict = 'approved' AND approved.number < NEW.number),
                0)
    ) THEN
        RAISE EXCEPTION 'The reviewer of a statement is someone else than its authors.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reviewer_is_no_author
    BEFORE INSERT OR UPDATE ON statements_version
    FOR EACH ROW EXECUTE FUNCTION refuse_own_review();
"""

TWO_EYES = """
DROP TRIGGER reviewer_is_no_author ON statements_version;
DROP FUNCTION refuse_own_review();
"""

# What is asked is a version that was approved, whoever or whatever writes.
APPROVED = """
CREATE FUNCTION refuse_unapproved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.approved IS NOT NULL AND NOT EXISTS (
        SELECT FROM statements_version AS version
        WHERE version.statement_id = NEW.id AND version.number = NEW.approved
            AND version.verdict = 'approved'
    ) THEN
        RAISE EXCEPTION 'Only an approved version of a statement can be asked.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER statement_asked_is_approved
    AFTER INSERT OR UPDATE OF approved ON statements_statement
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refuse_unapproved();
"""

UNAPPROVED = """
DROP TRIGGER statement_asked_is_approved ON statements_statement;
DROP FUNCTION refuse_unapproved();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0005_versions_of_existing")]

    operations = [
        migrations.RunSQL(KEPT, CHANGEABLE),
        migrations.RunSQL(FOUR_EYES, TWO_EYES),
        migrations.RunSQL(APPROVED, UNAPPROVED),
    ]
