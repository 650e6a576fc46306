import django.db.models.deletion
import factory.clock
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from factory.together import Together

# What matches were worth before this was written down: from the journal; a match without one as it stands.
FROM_THE_JOURNAL = """INSERT INTO market_value (match_id, measure, cents, at, year, province_id, sector_id)
    SELECT match.id, noted.measure, noted.cents, noted.at,
        extract(year FROM min(noted.at) OVER (PARTITION BY match.id, noted.measure)
            AT TIME ZONE 'Europe/Amsterdam'), need.province_id, need.sector_id
    FROM market_match match JOIN market_listing need ON need.id = match.need_id
    JOIN LATERAL (
        SELECT 'estimated' AS measure, need.value_cents AS cents, at FROM journal_event
        WHERE thing_type = 'market.match' AND thing_id = match.id AND verb = 'match.introduce'
            AND need.value_cents IS NOT NULL
        UNION ALL SELECT 'agreed', (details->>'cents')::bigint, at FROM journal_event
        WHERE thing_type = 'market.match' AND thing_id = match.id AND verb = 'match.agree'
        UNION ALL SELECT 'agreed', NULL, at FROM journal_event
        WHERE thing_type = 'market.match' AND thing_id = match.id AND verb = 'match.cancel'
            AND match.agreed_cents IS NOT NULL
        UNION ALL SELECT 'realised', (details->>'cents')::bigint, at FROM journal_event
        WHERE thing_type = 'market.match' AND thing_id = match.id AND verb = 'match.complete'
    ) noted ON true ORDER BY noted.at, match.id"""
WITHOUT_A_JOURNAL = """INSERT INTO market_value
        (match_id, measure, cents, at, year, province_id, sector_id)
    SELECT match.id, 'realised', match.realised_cents, match.completed_at,
        extract(year FROM match.completed_at AT TIME ZONE 'Europe/Amsterdam'), need.province_id,
        need.sector_id
    FROM market_match match JOIN market_listing need ON need.id = match.need_id
    WHERE match.state = 'completed'
        AND NOT EXISTS (SELECT 1 FROM market_value v WHERE v.match_id = match.id AND v.measure = 'realised')
    ORDER BY match.completed_at"""


class Migration(migrations.Migration):
    """Every amount as it was noted, and what of it is public; a completed match can be put right."""

    dependencies = [
        ('market', '0012_mergers'),
        ('partners', '0009_imports_and_mergers'),
        ('partners', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('at', models.DateTimeField(default=factory.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Value',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('estimated', 'Estimated'), ('agreed', 'Agreed'), ('realised', 'Realised')], max_length=10)),
                ('cents', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField()),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='market.match')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.region')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.sector')),
            ],
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('estimated', 'Estimated'), ('agreed', 'Agreed'), ('realised', 'Realised')], max_length=10)),
                ('group', models.BigIntegerField()),
                ('number', models.SmallIntegerField()),
                ('cents', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('closing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='market.closing')),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='market.match')),
                ('province', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.region')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.sector')),
                ('value', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='market.value')),
            ],
        ),
        migrations.AddField(
            model_name='match',
            name='buyer_corrects_cents',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='match',
            name='supplier_corrects_cents',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        Together(
            pgtrigger.migrations.AddTrigger(
                model_name='match',
                trigger=pgtrigger.compiler.Trigger(name='realised_is_noted', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT 1 FROM market_match m WHERE m.id = NEW.id AND m.realised_cents IS NOT NULL\n        AND m.realised_cents IS DISTINCT FROM (SELECT cents FROM market_value\n            WHERE match_id = m.id AND measure = 'realised' ORDER BY id DESC LIMIT 1))\n        THEN RAISE EXCEPTION 'market.match counts what nobody noted' USING ERRCODE = 'check_violation'; END IF; RETURN NULL;", hash='a9ebf9a6ceba30802e80362bca2b61c83036b574', operation='INSERT OR UPDATE OF "realised_cents", "state"', pgid='pgtrigger_realised_is_noted_66aa1', table='market_match', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='match',
                constraint=models.CheckConstraint(condition=models.Q(('buyer_corrects_cents', None), models.Q(('buyer_corrects_cents__gt', 0), ('buyer_corrects_cents__lte', 10000000000)), _connector='OR'), name='match_buyer_corrects_cents_in_range'),
            ),
            migrations.AddConstraint(
                model_name='match',
                constraint=models.CheckConstraint(condition=models.Q(('supplier_corrects_cents', None), models.Q(('supplier_corrects_cents__gt', 0), ('supplier_corrects_cents__lte', 10000000000)), _connector='OR'), name='match_supplier_corrects_cents_in_range'),
            ),
            migrations.AddConstraint(
                model_name='match',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'completed'), models.Q(('buyer_corrects_cents', None), ('supplier_corrects_cents', None)), _connector='OR'), name='match_corrected_only_when_completed'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='closing',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d6b4a05fdb836af37ec2598dcdd3ae05126417fb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f2a9', table='market_closing', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='value',
                index=models.Index(fields=['measure', 'match', '-id'], name='value_latest'),
            ),
            migrations.AddConstraint(
                model_name='value',
                constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['estimated', 'agreed', 'realised'])), name='value_measure_is_known'),
            ),
            migrations.AddConstraint(
                model_name='value',
                constraint=models.CheckConstraint(condition=models.Q(('cents', None), ('cents__gt', 0), _connector='OR'), name='value_is_above_zero'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='value',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df3156a1f7a037bcc06d8771784a651591c17399', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6c91b', table='market_value', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='share',
                index=models.Index(fields=['measure', 'match', '-id'], name='share_latest'),
            ),
            migrations.AddConstraint(
                model_name='share',
                constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['estimated', 'agreed', 'realised'])), name='share_measure_is_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='share',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b25eaae9f714b4cd65d16ae16390e7db95126ef8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81a1f', table='market_share', when='BEFORE')),
            ),
        ),
        migrations.RunSQL([FROM_THE_JOURNAL, WITHOUT_A_JOURNAL], migrations.RunSQL.noop),
    ]
