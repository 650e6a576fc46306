from django.db import migrations


class Migration(migrations.Migration):
    """A reading of 2 kB stays in its row; moved out as usual, it took four pages to fetch instead of one."""

    dependencies = [("meaning", "0002_searched_by_meaning")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE meaning_reading SET (toast_tuple_target = 4080)",
            "ALTER TABLE meaning_reading RESET (toast_tuple_target)",
        )
    ]
