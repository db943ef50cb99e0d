from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """The table in which rate limits are counted, when CACHE_URL names no other place."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_people")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
