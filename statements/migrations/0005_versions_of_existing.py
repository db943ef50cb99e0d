from django.db import migrations
from django.utils import timezone

PLAIN = ("text", "explanation", "argument_for", "argument_against", "recommendation", "reason")


def approve(apps, schema_editor):
    """What was asked until now was approved: its first version is what it says."""
    Version = apps.get_model("statements", "Version")
    at = timezone.now()
    for row in apps.get_model("statements", "Statement").objects.select_related("theme", "source"):
        backgrounds = row.backgrounds.order_by("order").select_related("source")
        content = {name: getattr(row, name) for name in PLAIN} | {
            "theme": row.theme.key,
            "source": row.source.key,
            "backgrounds": [{"text": each.text, "source": each.source.key} for each in backgrounds],
        }
        Version.objects.create(
            statement=row,
            number=1,
            nature="new",
            content=content,
            by=None,
            at=at,
            note="Ingelezen uit een bestand.",
            verdict="approved",
            reviewed_at=at,
        )
        row.state, row.latest, row.approved, row.approved_at = "approved", 1, 1, at
        row.save(update_fields=["state", "latest", "approved", "approved_at"])


class Migration(migrations.Migration):
    dependencies = [("statements", "0004_workflow")]

    operations = [migrations.RunPython(approve, migrations.RunPython.noop)]
