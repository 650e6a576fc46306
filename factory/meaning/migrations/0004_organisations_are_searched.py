from django.db import migrations

# By model: how long its vectors are. Another model is searched without an index until it gets one here.
MODELS = {"e5s+use3": 896, "use3": 512}
MAKE = """CREATE INDEX CONCURRENTLY {name} ON meaning_reading USING hnsw ((vector::halfvec({size})) halfvec_ip_ops)
    WHERE model = '{model}' AND thing = '{thing}' AND language = '{language}'"""


def indexes():
    """A call asks everybody in the country; a need asks those that reach it, and compares them all."""
    for number, (model, size) in enumerate(MODELS.items(), start=1):
        for language in ("nl", "en"):
            known = {"size": size, "model": model, "language": language}
            old, new = f"reading_near_{number}_{language}", f"reading_partner_{number}_{language}"
            back = MAKE.format(name=old, thing="offer", **known)
            yield migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {old}", back)
            made = MAKE.format(name=new, thing="organisation", **known)
            yield migrations.RunSQL(made, f"DROP INDEX CONCURRENTLY IF EXISTS {new}")


class Migration(migrations.Migration):
    """Partners near in meaning, one index a model and language."""

    atomic = False
    dependencies = [("meaning", "0003_kept_in_one_place")]
    operations = list(indexes())
