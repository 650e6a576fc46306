"""Thresholds, terms and holidays the guide and the calendar start with. A new value is a new row."""

from datetime import date

from django.db import migrations

EU = "Europese Commissie, drempelbedragen 2026 en 2027"
EU_BEFORE = "Europese Commissie, drempelbedragen 2024 en 2025"
EU_URL = "https://www.mondaq.com/ireland/government-contracts-procurement-ppp/1696870/public-procurement-thresholds-for-2026-2027"
EU_BEFORE_URL = "https://www.wijdemeren.nl/4/inkoop-aanbesteden/Europese-aanbestedingsdrempels.html"
AID = "Verordening (EU) 2023/2831 (de minimis)"
AID_SGEI = "Verordening (EU) 2023/2832 (de minimis, DAEB)"
AID_URL = "https://www.mondaq.com/antitrust-eu-competition/1407306/new-rules-for-de-minimis-state-aid"
HOUSE = "Rule of the house"
OLD, NEW = (date(2024, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2027, 12, 31))
AID_DAYS = (date(2024, 1, 1), date(2030, 12, 31))
SINCE = date(2016, 1, 1)

# code, value, unit, first day, last day, source, address
NORMS = [
    ("eu-sub-central", 22_100_000, "cents", *OLD, EU_BEFORE, EU_BEFORE_URL),
    ("eu-sub-central", 21_600_000, "cents", *NEW, EU, EU_URL),
    ("eu-central", 14_300_000, "cents", *OLD, EU_BEFORE, EU_BEFORE_URL),
    ("eu-central", 14_000_000, "cents", *NEW, EU, EU_URL),
    ("eu-works", 553_800_000, "cents", *OLD, EU_BEFORE, EU_BEFORE_URL),
    ("eu-works", 540_400_000, "cents", *NEW, EU, EU_URL),
    ("eu-social-services", 75_000_000, "cents", *OLD, EU_BEFORE, EU_BEFORE_URL),
    ("eu-social-services", 75_000_000, "cents", *NEW, EU, EU_URL),
    ("de-minimis", 30_000_000, "cents", *AID_DAYS, AID, AID_URL),
    ("de-minimis-sgei", 75_000_000, "cents", *AID_DAYS, AID_SGEI, AID_URL),
    ("small-challenge", 2_500_000, "cents", SINCE, None, HOUSE, ""),
    ("large-challenge", 10_000_000, "cents", SINCE, None, HOUSE, ""),
    ("rectification-days", 7, "days", SINCE, None, HOUSE, ""),
    ("approval-code-days", 14, "days", SINCE, None, HOUSE, ""),
]
OCW = "Ministerie van OCW, overzicht schoolvakanties {}"
OCW_URL = "https://www.rijksoverheid.nl/onderwerpen/schoolvakanties/overzicht-schoolvakanties-per-schooljaar"
RECESS = "Gebruikelijk zomerreces; je eigen raad bepaalt de dagen"

# school year: kind, region ("" everywhere), first and last day
HOLIDAYS = {
    "2025-2026": [
        ("spring", "noord", "2026-02-21", "2026-03-01"),
        ("spring", "midden", "2026-02-14", "2026-02-22"),
        ("spring", "zuid", "2026-02-14", "2026-02-22"),
        ("may", "", "2026-04-25", "2026-05-03"),
        ("summer", "noord", "2026-07-04", "2026-08-16"),
        ("summer", "midden", "2026-07-18", "2026-08-30"),
        ("summer", "zuid", "2026-07-11", "2026-08-23"),
    ],
    "2026-2027": [
        ("autumn", "noord", "2026-10-10", "2026-10-18"),
        ("autumn", "midden", "2026-10-17", "2026-10-25"),
        ("autumn", "zuid", "2026-10-17", "2026-10-25"),
        ("christmas", "", "2026-12-19", "2027-01-03"),
        ("spring", "noord", "2027-02-20", "2027-02-28"),
        ("spring", "midden", "2027-02-20", "2027-02-28"),
        ("spring", "zuid", "2027-02-13", "2027-02-21"),
        ("may", "", "2027-04-24", "2027-05-02"),
        ("summer", "noord", "2027-07-10", "2027-08-22"),
        ("summer", "midden", "2027-07-17", "2027-08-29"),
        ("summer", "zuid", "2027-07-24", "2027-09-05"),
    ],
    "2027-2028": [
        ("autumn", "noord", "2027-10-16", "2027-10-24"),
        ("autumn", "midden", "2027-10-16", "2027-10-24"),
        ("autumn", "zuid", "2027-10-23", "2027-10-31"),
        ("christmas", "", "2027-12-25", "2028-01-09"),
        ("spring", "noord", "2028-02-19", "2028-02-27"),
        ("spring", "midden", "2028-02-26", "2028-03-05"),
        ("spring", "zuid", "2028-02-26", "2028-03-05"),
        ("may", "", "2028-04-29", "2028-05-07"),
        ("summer", "noord", "2028-07-15", "2028-08-27"),
        ("summer", "midden", "2028-07-08", "2028-08-20"),
        ("summer", "zuid", "2028-07-22", "2028-09-03"),
    ],
}
RECESSES = [
    ("2026-07-11", "2026-08-30"),
    ("2027-07-10", "2027-08-29"),
    ("2028-07-08", "2028-08-27"),
]


def lay(apps, schema_editor):
    norms = apps.get_model("knowledge", "Norm")
    for code, value, unit, first, last, source, url in NORMS:
        facts = {"value": value, "unit": unit, "valid_to": last, "source": source, "source_url": url}
        norms.objects.get_or_create(code=code, valid_from=first, defaults=facts)
    closures = apps.get_model("challenges", "Closure").objects
    for year, rows in HOLIDAYS.items():
        for kind, region, first, last in rows:
            days = {"first_date": first, "last_date": last}
            source = {"source": OCW.format(year), "source_url": OCW_URL}
            closures.create(kind=kind, region=region, **days, **source)
    for first, last in RECESSES:
        closures.create(kind="recess", first_date=first, last_date=last, source=RECESS)


class Migration(migrations.Migration):
    dependencies = [("challenges", "0012_setting_up"), ("knowledge", "0002_first_norms")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
