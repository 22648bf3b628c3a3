"""A child's standing carries her puskesmas and birth date, filled from the child."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    standing = apps.get_model("measurements", "LatestGrowth")
    child = apps.get_model("families", "Child").objects.filter(pk=OuterRef("child_id"))
    standing.objects.update(
        puskesmas_id=Subquery(child.values("puskesmas_id")[:1]),
        birth_date=Subquery(child.values("birth_date")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [("measurements", "0001_initial")]

    operations = [
        migrations.RemoveIndex("latestgrowth", "growth_by_need"),
        migrations.AddField("latestgrowth", "birth_date", models.DateField(null=True)),
        migrations.AddField(
            "latestgrowth",
            "puskesmas",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.puskesmas",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
