"""A child's standing knows whether she is here: the lists of a city pass over those who left."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("measurements", "0006_corrections"), ("families", "0002_lives")]

    operations = [
        migrations.RemoveIndex(
            model_name='latestgrowth',
            name='growth_by_need',
        ),
        migrations.RemoveIndex(
            model_name='latestgrowth',
            name='growth_by_weighing',
        ),
        migrations.AddField(
            model_name='latestgrowth',
            name='here',
            field=models.BooleanField(default=True),
        ),
        migrations.AddIndex(
            model_name='latestgrowth',
            index=models.Index(condition=models.Q(('attention__gt', 0)), fields=['puskesmas', '-attention', 'measured_on', 'birth_date', 'here'], name='growth_by_need'),
        ),
        migrations.AddIndex(
            model_name='latestgrowth',
            index=models.Index(fields=['puskesmas', 'weighed_on', 'birth_date', 'here', 'child'], name='growth_by_weighing'),
        ),
    ]
