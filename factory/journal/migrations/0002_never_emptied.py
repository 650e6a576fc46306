from django.db import migrations

TABLES = ("journal_event", "journal_seal", "journal_sealed")
FORWARDS = """
CREATE FUNCTION journal_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The owner may (a test's clean-up does); the application's role never.
    IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
""" + "".join(
    f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_never_emptied();\n"
    for table in TABLES
)
BACKWARDS = "DROP FUNCTION journal_never_emptied() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_journal")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
