from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("measurements", "0006_corrections")]

    operations = []
