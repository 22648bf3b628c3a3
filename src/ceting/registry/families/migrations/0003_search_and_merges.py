"""The index of names, filled for the children who are there, and merges with their undoing."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ceting.foundation.core.clock
import ceting.foundation.core.fields
import ceting.foundation.core.keys
from ceting.registry.families.name_words import keys_to_find, words_of

AT_ONCE = 500


def index_everybody(apps: Any, schema_editor: Any) -> None:
    Child, Caregiver, ChildWord, WordKey = (
        apps.get_model("families", name) for name in ("Child", "Caregiver", "ChildWord", "WordKey")
    )
    known: set[str] = set()
    keys = list(Child.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        children = list(Child.objects.filter(pk__in=keys[start : start + AT_ONCE]).select_related("mother"))
        at_home: dict[object, list[str]] = {}
        for caregiver in Caregiver.objects.filter(household__in={child.household_id for child in children}):
            at_home.setdefault(caregiver.household_id, []).append(caregiver.name_key)
        rows = []
        for child in children:
            others = at_home.get(child.household_id, []) + ([child.mother.name_key] if child.mother else [])
            words = {word: False for name_key in others for word in words_of(name_key)}
            words.update(dict.fromkeys(words_of(child.name_key), True))
            rows += [
                ChildWord(puskesmas_id=child.puskesmas_id, child=child, word=word, is_own=is_own)
                for word, is_own in words.items()
            ]
        ChildWord.objects.bulk_create(rows, batch_size=1000)
        new = {row.word for row in rows} - known
        known |= new
        WordKey.objects.bulk_create(
            [WordKey(key=key, word=word) for word in sorted(new) for key in sorted(keys_to_find(word))],
            batch_size=1000,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0002_lives"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                ("chosen", ceting.foundation.core.fields.EncryptedTextField(blank=True)),
                ("absorbed", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="families.child")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("kept", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="absorptions", to="families.child")),
                ("puskesmas", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.puskesmas")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("absorbed")), _negated=True), name="merge_of_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MergeUndoing",
            fields=[
                ("id", models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("left", models.CharField(blank=True, max_length=200)),
                ("merge", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="undoing", to="families.merge")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="WordKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=61)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "word"), name="word_key_once")],
            },
        ),
        migrations.CreateModel(
            name="ChildWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60)),
                ("is_own", models.BooleanField()),
                ("child", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="words", to="families.child")),
                ("puskesmas", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.puskesmas")),
            ],
            options={
                "indexes": [models.Index(fields=["word", "puskesmas", "child"], name="child_by_word")],
                "constraints": [models.UniqueConstraint(fields=("child", "word"), name="child_word_once")],
            },
        ),
        migrations.RunPython(index_everybody, migrations.RunPython.noop, elidable=True),
    ]
