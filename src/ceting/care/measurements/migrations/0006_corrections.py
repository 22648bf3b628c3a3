"""Rows that were struck out, and months whose counts are kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ceting.foundation.core.clock
import ceting.foundation.core.keys
from ceting.care.measurements.month_models import CountCause


def record() -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    key = models.UUIDField(
        default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False
    )
    made = models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)
    return [
        ("id", key),
        ("created_at", made),
        ("version", models.PositiveIntegerField(default=1, editable=False)),
    ]


def key_to(model: str, related_name: str = "+", *, null: bool = False) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("measurements", "0005_sessions"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Withdrawal",
            [
                *record(),
                (
                    "measurement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="measurements.measurement",
                    ),
                ),
                ("by", key_to(settings.AUTH_USER_MODEL)),
                ("reason", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            "MonthCount",
            [
                *record(),
                ("puskesmas", key_to("places.puskesmas")),
                ("posyandu", key_to("places.posyandu", "month_counts")),
                ("month", models.DateField(verbose_name="bulan")),
                ("counted_on", models.DateField()),
                ("sealed", models.JSONField()),
                ("now", models.JSONField()),
                ("rules_version", models.CharField(max_length=12)),
                ("sealed_by", key_to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["puskesmas", "month"], name="month_count_by_month")],
                "constraints": [
                    models.UniqueConstraint(fields=["posyandu", "month"], name="month_count_once")
                ],
            },
        ),
        migrations.CreateModel(
            "MonthCountChange",
            [
                *record(),
                ("count", key_to("measurements.monthcount", "changes")),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("cause", models.CharField(choices=CountCause.choices, max_length=20)),
                ("children", models.JSONField(default=list)),
                ("changed_by", key_to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={"ordering": ("-id",)},
        ),
    ]
