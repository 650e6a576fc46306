"""The places and words the registry starts with, from ``partners/data``. Safe to run again."""

import csv
import json
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"
ALWAYS = date(1900, 1, 1)


def lay(region, sector, theme, goal):
    """Make or update the rows; the arguments are the models, also as a migration knows them."""
    lay_regions(region)
    words = json.loads((DATA / "taxonomies.json").read_text())
    for model, rows in (
        (sector, words["sectors"]),
        (theme, words["themes"]),
        (goal, words["sdgs"]),
    ):
        lay_words(model, rows)


def lay_regions(model):
    """Provinces and municipalities; successors once all rows are there."""
    with (DATA / "regions.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    made = {}
    for row in sorted(rows, key=lambda row: row["kind"] != "province"):
        made[row["code"]], _new = model.objects.update_or_create(
            code=row["code"], defaults=facts(row) | {"province": made.get(row["province"])}
        )
    for row in rows:
        if row["successor"]:
            place = made[row["code"]]
            place.successor = made[row["successor"]]
            place.save()


def facts(row):
    """One line of the file as the fields of a Region."""
    return {
        "kind": row["kind"],
        "name": row["name"],
        "valid_from": row["valid_from"] or ALWAYS,
        "valid_to": row["valid_to"] or None,
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "aliases": [alias.strip().lower() for alias in row["aliases"].split("|") if alias.strip()],
    }


def lay_words(model, rows):
    """Sectors, themes or goals, in the order of the file."""
    for order, row in enumerate(rows, start=1):
        known = {field.name for field in model._meta.fields}  # as a migration knows the model
        keywords = {"keywords": row["keywords"]} if {"keywords"} <= row.keys() & known else {}
        model.objects.update_or_create(
            slug=row["slug"],
            defaults={"name_nl": row["nl"], "name_en": row["en"], "order": order, **keywords},
        )
