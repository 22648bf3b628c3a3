from django.db import migrations


def take_back_verdicts(apps, schema_editor):
    """Corridor and fundal height are for one fetus; what was judged of several before that was known goes."""
    contacts = apps.get_model("pregnancies", "Contact").objects
    several = contacts.filter(fetuses__gt=1, correction=None, withdrawal=None).values("pregnancy_id")
    contacts.filter(pregnancy_id__in=several).update(gain="", fundal="")
    born = apps.get_model("pregnancies", "Born").objects.filter(order__gt=1, outcome__undoing=None)
    contacts.filter(pregnancy_id__in=born.values("pregnancy_id")).update(gain="", fundal="")


class Migration(migrations.Migration):

    dependencies = [
        ('pregnancies', '0003_ends_that_stand'),
    ]

    operations = [
        migrations.RunPython(take_back_verdicts, migrations.RunPython.noop),
    ]
