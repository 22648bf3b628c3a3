from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measurements", "0004_origin")]

    operations = [
        migrations.AddField(
            "session",
            "kind",
            models.CharField(
                choices=[
                    ("posyandu", "Hari posyandu"),
                    ("sweeping", "Sweeping rumah"),
                    ("paud", "PAUD"),
                    ("puskesmas", "Puskesmas"),
                ],
                default="posyandu",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "session", "place", models.CharField(blank=True, max_length=60, verbose_name="nama PAUD", default=""), preserve_default=False
        ),
        migrations.RemoveConstraint("session", "session_once_a_day"),
        migrations.AddConstraint(
            "session",
            models.UniqueConstraint(
                fields=["posyandu", "held_on", "kind", "place"], name="session_once_a_day_and_kind"
            ),
        ),
    ]
