"""Now that every row has them, they are required, and the lists have their indexes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0001_initial'),
        ('measurements', '0002_latest_growth_knows_its_place'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='latestgrowth',
            name='birth_date',
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name='latestgrowth',
            name='puskesmas',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.puskesmas'),
        ),
        migrations.AddIndex(
            model_name='latestgrowth',
            index=models.Index(condition=models.Q(('attention__gt', 0)), fields=['puskesmas', '-attention', 'measured_on', 'birth_date'], name='growth_by_need'),
        ),
        migrations.AddIndex(
            model_name='latestgrowth',
            index=models.Index(fields=['puskesmas', 'weighed_on', 'birth_date', 'child'], name='growth_by_weighing'),
        ),
    ]
