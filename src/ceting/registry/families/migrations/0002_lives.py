"""Where children live and what became of them, who cares for them, and what was reported; first stays filled in."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ceting.foundation.core.clock
import ceting.foundation.core.fields
import ceting.foundation.core.keys

AT_ONCE = 1000


def begin_stays(apps: Any, schema_editor: Any) -> None:
    """Every child who is there stays at her posyandu since she was born."""
    Child, Stay = apps.get_model("families", "Child"), apps.get_model("families", "Stay")
    known = Child.objects.order_by("pk").values_list("pk", "posyandu_id", "puskesmas_id", "birth_date")
    rows: list[Any] = []
    for child_id, posyandu_id, puskesmas_id, born in known.iterator(chunk_size=AT_ONCE):
        rows.append(
            Stay(
                child_id=child_id,
                posyandu_id=posyandu_id,
                puskesmas_id=puskesmas_id,
                since=born,
                arrival="born",
            )
        )
        if len(rows) == AT_ONCE:
            Stay.objects.bulk_create(rows)
            rows = []
    Stay.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0001_initial'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='child',
            name='is_here',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.CreateModel(
            name='CaregiverEnding',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Death',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('died_on', models.DateField(verbose_name='tanggal meninggal')),
                ('place', models.CharField(choices=[('home', 'Di rumah'), ('health_centre', 'Di puskesmas, klinik, atau bidan'), ('hospital', 'Di rumah sakit'), ('on_the_way', 'Dalam perjalanan'), ('elsewhere', 'Di tempat lain'), ('unknown', 'Belum diketahui')], default='unknown', max_length=14)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeathUndoing',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reason', models.CharField(max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FamilyReport',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('pregnancy', 'Ibu hamil'), ('birth', 'Bayi baru lahir')], max_length=10)),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('rw', models.CharField(blank=True, max_length=5, verbose_name='RW')),
                ('phone', ceting.foundation.core.fields.EncryptedTextField(blank=True, verbose_name='nomor HP')),
                ('day', models.DateField(null=True)),
                ('note', ceting.foundation.core.fields.EncryptedTextField(blank=True, verbose_name='catatan')),
            ],
        ),
        migrations.CreateModel(
            name='HouseholdMove',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('rw', models.CharField(blank=True, max_length=5, verbose_name='RW')),
                ('rt', models.CharField(blank=True, max_length=5, verbose_name='RT')),
                ('address', ceting.foundation.core.fields.EncryptedTextField(blank=True, verbose_name='alamat')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MainCaregiver',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('within', 'Pindah posyandu'), ('handed_over', 'Pindah ke puskesmas lain'), ('accepted', 'Diterima dari puskesmas lain'), ('left', 'Pindah ke luar daerah'), ('returned', 'Kembali')], max_length=12)),
                ('on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='MoveUndoing',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reason', models.CharField(max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportOutcome',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('registered', 'Anak sudah didaftarkan'), ('noted', 'Ibu sudah dicatat bidan'), ('known', 'Sudah tercatat sebelumnya'), ('not_found', 'Tidak ditemukan di alamat itu')], max_length=12)),
                ('note', ceting.foundation.core.fields.EncryptedTextField(blank=True, verbose_name='catatan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.UUIDField(default=ceting.foundation.core.keys.new_key, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=ceting.foundation.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('arrival', models.CharField(choices=[('born', 'Terdaftar sejak lahir'), ('moved_in', 'Pindah masuk'), ('posyandu', 'Pindah dari posyandu lain'), ('accepted', 'Diterima dari puskesmas lain'), ('returned', 'Kembali')], max_length=12)),
                ('departure', models.CharField(blank=True, choices=[('posyandu', 'Pindah ke posyandu lain'), ('handed_over', 'Pindah ke puskesmas lain'), ('left', 'Pindah ke luar daerah'), ('died', 'Meninggal')], max_length=12)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='child',
            name='child_of_posyandu_by_birth',
        ),
        migrations.RemoveIndex(
            model_name='child',
            name='child_match',
        ),
        migrations.AddField(
            model_name='child',
            name='died_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(fields=['posyandu', 'birth_date', 'is_here'], name='child_of_posyandu_by_birth'),
        ),
        migrations.AddIndex(
            model_name='child',
            index=models.Index(fields=['puskesmas', 'birth_date', 'name_key', 'is_here'], name='child_match'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['puskesmas', 'village', 'rw', 'rt'], name='household_by_place'),
        ),
        migrations.AddField(
            model_name='caregiverending',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='caregiverending',
            name='caregiver',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='families.caregiver'),
        ),
        migrations.AddField(
            model_name='death',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='death',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deaths', to='families.child'),
        ),
        migrations.AddField(
            model_name='deathundoing',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deathundoing',
            name='death',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undoing', to='families.death'),
        ),
        migrations.AddField(
            model_name='familyreport',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='familyreport',
            name='puskesmas',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='places.puskesmas'),
        ),
        migrations.AddField(
            model_name='familyreport',
            name='village',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='householdmove',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='householdmove',
            name='household',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_places', to='families.household'),
        ),
        migrations.AddField(
            model_name='householdmove',
            name='village',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='maincaregiver',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='maincaregiver',
            name='caregiver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='main_for', to='families.caregiver'),
        ),
        migrations.AddField(
            model_name='maincaregiver',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='main_caregivers', to='families.child'),
        ),
        migrations.AddField(
            model_name='move',
            name='answers',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='families.move'),
        ),
        migrations.AddField(
            model_name='move',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='move',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='families.child'),
        ),
        migrations.AddField(
            model_name='move',
            name='from_posyandu',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.posyandu'),
        ),
        migrations.AddField(
            model_name='move',
            name='to_posyandu',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.posyandu'),
        ),
        migrations.AddField(
            model_name='move',
            name='to_puskesmas',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.puskesmas'),
        ),
        migrations.AddField(
            model_name='moveundoing',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='moveundoing',
            name='move',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undoing', to='families.move'),
        ),
        migrations.AddField(
            model_name='reportoutcome',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportoutcome',
            name='child',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='reportoutcome',
            name='report',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='families.familyreport'),
        ),
        migrations.AddField(
            model_name='stay',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stay',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='families.child'),
        ),
        migrations.AddField(
            model_name='stay',
            name='posyandu',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='places.posyandu'),
        ),
        migrations.AddField(
            model_name='stay',
            name='puskesmas',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='places.puskesmas'),
        ),
        migrations.AddIndex(
            model_name='familyreport',
            index=models.Index(fields=['puskesmas', '-created_at'], name='report_newest'),
        ),
        migrations.AddIndex(
            model_name='familyreport',
            index=models.Index(fields=['by', '-created_at'], name='report_of_reporter'),
        ),
        migrations.AddConstraint(
            model_name='maincaregiver',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('child',), name='main_caregiver_once'),
        ),
        migrations.AddConstraint(
            model_name='maincaregiver',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='main_caregiver_in_order'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(condition=models.Q(('kind', 'handed_over')), fields=['to_puskesmas', 'child'], name='move_handed_over'),
        ),
        migrations.AddIndex(
            model_name='stay',
            index=models.Index(fields=['posyandu', 'since', 'until', 'child'], name='stay_at_posyandu'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('child',), name='stay_open_once'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='stay_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='stay',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('departure', ''), ('until', None)), models.Q(('until__isnull', False), models.Q(('departure', ''), _negated=True)), _connector='OR'), name='stay_ends_for_a_reason'),
        ),
        # Last: PostgreSQL alters no table that has rows waiting to be checked.
        migrations.RunPython(begin_stays, migrations.RunPython.noop, elidable=True),
    ]
