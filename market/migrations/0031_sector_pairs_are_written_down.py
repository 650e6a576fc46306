"""PostgreSQL holds that the journal has every change of a pair of sectors."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('market', '0030_sector_pairs'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='sectorpair',
            trigger=pgtrigger.compiler.Trigger(name='sector_pair_written_down', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.thing_type = 'market.sectorpair'\n            AND e.thing_id = COALESCE(NEW.id, OLD.id) AND e.xact = txid_current())\n        THEN RAISE EXCEPTION 'market.sectorpair was changed without a journal entry'\n            USING ERRCODE = 'check_violation'; END IF; RETURN NULL;", hash='e0289104846ca689ffa08080fd838aba5a03931a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sector_pair_written_down_2b4d0', table='market_sectorpair', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
