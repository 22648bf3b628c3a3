from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("families", "0003_search_and_merges")]

    operations = []
