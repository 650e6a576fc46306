from django.db import migrations

NEED = """ALTER TABLE market_match ADD CONSTRAINT match_buyer_posted_the_need
    FOREIGN KEY (need_id, buyer_id) REFERENCES market_listing (id, organisation_id)"""
OFFER = """ALTER TABLE market_match ADD CONSTRAINT match_supplier_posted_the_offer
    FOREIGN KEY (offer_id, organisation_id) REFERENCES market_listing (id, organisation_id)"""


class Migration(migrations.Migration):
    """A match's buyer is who posted the need, its supplier who posted the offer: held by the database."""

    dependencies = [("market", "0001_market")]
    operations = [
        migrations.RunSQL(
            [NEED, OFFER],
            [
                "ALTER TABLE market_match DROP CONSTRAINT match_buyer_posted_the_need",
                "ALTER TABLE market_match DROP CONSTRAINT match_supplier_posted_the_offer",
            ],
        )
    ]
