from django.db import migrations

# By model: how long its vectors are. Another model is searched without an index until it gets one here.
MODELS = {"e5s+use3": 896, "use3": 512}
MAKE = """CREATE INDEX {name} ON meaning_reading USING hnsw ((vector::halfvec({size})) halfvec_ip_ops)
    WHERE model = '{model}' AND thing = 'offer' AND language = '{language}'"""


def indexes():
    for number, (model, size) in enumerate(MODELS.items(), start=1):
        for language in ("nl", "en"):
            name = f"reading_near_{number}_{language}"
            sql = MAKE.format(name=name, size=size, model=model, language=language)
            yield migrations.RunSQL(sql, f"DROP INDEX {name}")


class Migration(migrations.Migration):
    """Offers near in meaning, one index a model and language."""

    dependencies = [("meaning", "0001_meaning")]
    operations = list(indexes())
