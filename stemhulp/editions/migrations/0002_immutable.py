from django.db import migrations

# What was published stays as it was: for voters who relied on it, and for anyone who checks.
IMMUTABLE = """
ALTER TABLE editions_publishededition
    ADD CONSTRAINT edition_digest_is_of_its_document
    CHECK (digest = encode(sha256(document), 'hex'));

CREATE FUNCTION refuse_change_of_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published edition is never changed or removed; publish a new one.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER edition_is_immutable
    BEFORE UPDATE OR DELETE ON editions_publishededition
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_edition();

CREATE TRIGGER editions_are_kept
    BEFORE TRUNCATE ON editions_publishededition
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_edition();
"""

MUTABLE = """
DROP TRIGGER editions_are_kept ON editions_publishededition;
DROP TRIGGER edition_is_immutable ON editions_publishededition;
DROP FUNCTION refuse_change_of_edition();
ALTER TABLE editions_publishededition DROP CONSTRAINT edition_digest_is_of_its_document;
"""


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [migrations.RunSQL(IMMUTABLE, MUTABLE)]
