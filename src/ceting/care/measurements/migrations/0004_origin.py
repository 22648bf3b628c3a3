"""A measurement remembers for whom it was written; until now that is whose it is."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def written_for_whose_it_is(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("measurements", "Measurement").objects.update(origin=F("child"))


class Migration(migrations.Migration):
    # PostgreSQL alters no table whose rows wait for their foreign keys in the same transaction.
    atomic = False

    dependencies = [
        ("families", "0003_search_and_merges"),
        ("measurements", "0003_latest_growth_is_indexed_by_place"),
    ]

    operations = [
        migrations.AddField(
            "measurement",
            "origin",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="original_measurements",
                to="families.child",
            ),
        ),
        migrations.RunPython(written_for_whose_it_is, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "measurement",
            "origin",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="original_measurements",
                to="families.child",
            ),
        ),
    ]
