"""Pairs who may be one child, the answer that they are two, and everybody noted for the first look."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ceting.foundation.core.clock
import ceting.foundation.core.keys

AT_ONCE = 5000


def look_at_everybody(apps: Any, schema_editor: Any) -> None:
    """The first night looks at all; later ones at whoever changed."""
    Child, Unlooked = (apps.get_model("families", name) for name in ("Child", "Unlooked"))
    keys = list(Child.objects.filter(is_here=True).order_by("puskesmas", "pk").values_list("pk", "puskesmas"))
    for start in range(0, len(keys), AT_ONCE):
        rows = [Unlooked(child_id=child, puskesmas_id=where) for child, where in keys[start : start + AT_ONCE]]
        Unlooked.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0006_targets'),
        ('places', '0002_settings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LikelyPair',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reason', models.CharField(choices=[('nik', 'NIK-nya sama'), ('same', 'Nama, ibu dan tanggal lahirnya sama'), ('unnamed', 'Ibu dan tanggal lahirnya sama, yang satu belum diberi nama'), ('mother', 'Ibu dan tanggal lahirnya sama, namanya hampir sama'), ('date', 'Nama dan ibunya sama, tanggal lahirnya mirip (mungkin salah tulis)'), ('name', 'Nama, tanggal lahir dan posyandunya sama'), ('sex', 'Nama, ibu dan tanggal lahirnya sama, jenis kelaminnya berbeda'), ('near', 'Ibu dan tanggal lahirnya sama, namanya mirip (mungkin kembar)')], max_length=8)),
                ('strength', models.PositiveSmallIntegerField(choices=[(1, 'Perlu dilihat'), (2, 'Mungkin'), (3, 'Sangat mungkin')])),
            ],
        ),
        migrations.CreateModel(
            name='TwoChildren',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('seen', models.CharField(max_length=43)),
            ],
        ),
        migrations.CreateModel(
            name='Unlooked',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
        ),
        migrations.AddIndex(
            model_name='caregiver',
            index=models.Index(fields=['puskesmas', 'name_key'], name='caregiver_by_name'),
        ),
        migrations.AddField(
            model_name='likelypair',
            name='first',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='likelypair',
            name='puskesmas',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.puskesmas'),
        ),
        migrations.AddField(
            model_name='likelypair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='twochildren',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='twochildren',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='twochildren',
            name='puskesmas',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.puskesmas'),
        ),
        migrations.AddField(
            model_name='twochildren',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='unlooked',
            name='child',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='unlooked',
            name='puskesmas',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.puskesmas'),
        ),
        migrations.AddIndex(
            model_name='likelypair',
            index=models.Index(fields=['puskesmas', '-strength', 'id'], name='likely_pair_strongest'),
        ),
        migrations.AddConstraint(
            model_name='likelypair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='likely_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='likelypair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='likely_pair_in_order'),
        ),
        migrations.AddConstraint(
            model_name='twochildren',
            constraint=models.UniqueConstraint(fields=('first', 'second', 'seen'), name='two_children_said_once'),
        ),
        migrations.AddConstraint(
            model_name='twochildren',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='two_children_in_order'),
        ),
        migrations.AddIndex(
            model_name='unlooked',
            index=models.Index(fields=['puskesmas', 'id'], name='unlooked_by_puskesmas'),
        ),
        migrations.RunPython(look_at_everybody, migrations.RunPython.noop),
    ]
