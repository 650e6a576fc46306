from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('partners', '0004_deputies'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='organisation',
            index=models.Index(condition=models.Q(('state__in', ['applied', 'in_check'])), fields=['created_at'], name='organisation_to_check'),
        ),
        AddIndexConcurrently(
            model_name='organisation',
            index=models.Index(condition=models.Q(('state', 'active')), fields=['active_since'], name='organisation_new'),
        ),
        AddIndexConcurrently(
            model_name='person',
            index=models.Index(condition=models.Q(('address_fails_since__isnull', False)), fields=['address_fails_since'], name='person_unreachable'),
        ),
    ]
