from django.db import migrations

# What was done stays written down.
APPENDED = """
CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is appended; nothing of it is changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER event_is_immutable
    BEFORE UPDATE OR DELETE ON parties_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_event();

CREATE TRIGGER events_are_kept
    BEFORE TRUNCATE ON parties_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event();
"""

CHANGEABLE = """
DROP TRIGGER events_are_kept ON parties_event;
DROP TRIGGER event_is_immutable ON parties_event;
DROP FUNCTION refuse_change_of_event();
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_curation")]

    operations = [migrations.RunSQL(APPENDED, CHANGEABLE)]
