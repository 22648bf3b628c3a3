from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT

import ceting.foundation.core.clock
import ceting.foundation.core.keys


class Migration(migrations.Migration):
    dependencies = [
        ("measurements", "0004_origin"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
            "session",
            "place",
            models.CharField(blank=True, max_length=60, verbose_name="nama PAUD", default=""),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("session", "session_once_a_day"),
        migrations.AddConstraint(
            "session",
            models.UniqueConstraint(
                fields=["posyandu", "held_on", "kind", "place"], name="session_once_a_day_and_kind"
            ),
        ),
        migrations.CreateModel(
            name="PlannedDay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ceting.foundation.core.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("planned_on", models.DateField(verbose_name="tanggal")),
                (
                    "planned_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "posyandu",
                    models.ForeignKey(on_delete=PROTECT, related_name="planned_days", to="places.posyandu"),
                ),
                (
                    "puskesmas",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="places.puskesmas"),
                ),
            ],
            options={"ordering": ("planned_on", "id")},
        ),
        migrations.CreateModel(
            name="PlannedDayChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ceting.foundation.core.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reason", models.CharField(max_length=120, verbose_name="alasan")),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "moved_to",
                    models.OneToOneField(
                        null=True, on_delete=PROTECT, related_name="moved_from", to="measurements.plannedday"
                    ),
                ),
                (
                    "planned",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="change", to="measurements.plannedday"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="PlannedDayOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ceting.foundation.core.keys.new_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "planned",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="opening", to="measurements.plannedday"
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="planned", to="measurements.session"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddIndex(
            "plannedday", models.Index(fields=["puskesmas", "planned_on"], name="planned_by_puskesmas")
        ),
        migrations.AddIndex(
            "plannedday", models.Index(fields=["posyandu", "planned_on"], name="planned_by_posyandu")
        ),
    ]
