from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("measurements", "0003_latest_growth_is_indexed_by_place")]

    operations = []
