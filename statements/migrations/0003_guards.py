from django.db import migrations

# The deadline holds for whoever and whatever writes, by the database's own clock. Only staff's
# correction unlocks it, for its own transaction (statements.portal.actions.unlocked).
DEADLINE = """
CREATE FUNCTION refuse_after_deadline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closes timestamptz;
BEGIN
    IF coalesce(current_setting('stemhulp.unlocked', true), '') <> 'on' THEN
        SELECT min(coalesce(contest.own_deadline, election.deadline)) INTO closes
        FROM parties_party AS party
        JOIN parties_contest AS contest ON contest.id = party.contest_id
        JOIN parties_election AS election ON election.id = contest.election_id
        WHERE party.id IN (NEW.party_id, OLD.party_id);  -- of both, when a row changes party
        IF closes <= clock_timestamp() THEN
            RAISE EXCEPTION 'The deadline has passed: nothing of this party changes any more.'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
        END IF;
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER positions_close_at_deadline
    BEFORE INSERT OR UPDATE OR DELETE ON statements_position
    FOR EACH ROW EXECUTE FUNCTION refuse_after_deadline();

CREATE TRIGGER submissions_close_at_deadline
    BEFORE INSERT OR UPDATE OR DELETE ON statements_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_after_deadline();
"""

NO_DEADLINE = """
DROP TRIGGER submissions_close_at_deadline ON statements_submission;
DROP TRIGGER positions_close_at_deadline ON statements_position;
DROP FUNCTION refuse_after_deadline();
"""

APPENDED = """
CREATE FUNCTION refuse_change_of_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Revisions are appended; none is changed or removed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER revision_is_immutable
    BEFORE UPDATE OR DELETE ON statements_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_revision();

CREATE TRIGGER revisions_are_kept
    BEFORE TRUNCATE ON statements_revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_revision();
"""

CHANGEABLE = """
DROP TRIGGER revisions_are_kept ON statements_revision;
DROP TRIGGER revision_is_immutable ON statements_revision;
DROP FUNCTION refuse_change_of_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_answering")]

    operations = [
        migrations.RunSQL(DEADLINE, NO_DEADLINE),
        migrations.RunSQL(APPENDED, CHANGEABLE),
    ]
