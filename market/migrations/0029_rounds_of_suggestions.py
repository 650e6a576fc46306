"""Rounds of suggestions over many needs, which coordinators ask for."""

import django.contrib.postgres.fields
import django.db.models.deletion
import factory.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0028_seen_and_answered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SuggestionRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=factory.clock.now, editable=False, verbose_name='asked for')),
                ('taken_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('is_done', models.BooleanField(default=False)),
                ('able', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('figures', models.JSONField(default=dict)),
                ('asked_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'round of suggestions',
                'verbose_name_plural': 'rounds of suggestions',
                'get_latest_by': 'pk',
            },
        ),
        migrations.CreateModel(
            name='RoundNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('looked_at', models.DateTimeField(null=True)),
                ('kept', models.FloatField(default=0.0)),
                ('best', models.FloatField(default=0.0)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='market.listing')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='market.suggestionround')),
            ],
        ),
        migrations.AddConstraint(
            model_name='suggestionround',
            constraint=models.UniqueConstraint(condition=models.Q(('is_done', False)), fields=('is_done',), name='round_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='suggestionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('is_done', False)), models.Q(('done_at__gte', models.F('asked_at')), ('done_at__isnull', False), ('is_done', True)), _connector='OR'), name='round_done_at_a_moment'),
        ),
        migrations.AddIndex(
            model_name='roundneed',
            index=models.Index(condition=models.Q(('looked_at', None)), fields=['round', 'number'], name='round_to_look_at'),
        ),
        migrations.AddConstraint(
            model_name='roundneed',
            constraint=models.UniqueConstraint(fields=('round', 'need'), name='round_need_once'),
        ),
        migrations.AddConstraint(
            model_name='roundneed',
            constraint=models.CheckConstraint(condition=models.Q(('best__gte', 0), ('kept__gte', 0)), name='round_need_worth_something'),
        ),
    ]
