"""Numbers that hold somebody's citizen number, or are none, go before PostgreSQL refuses them."""

from django.db import migrations

from partners.models import numbers


def clear(apps, editor):
    organisations = apps.get_model("partners", "Organisation").objects
    for one in organisations.exclude(vat="", oin="").only("vat", "oin", "legal_form"):
        kept = {"vat": _kept(one.vat, one.legal_form), "oin": one.oin if _is_oin(one.oin) else ""}
        if kept != {"vat": one.vat, "oin": one.oin}:
            organisations.filter(pk=one.pk).update(**kept)


def _kept(number, form):
    try:
        right = numbers.vat(number)
    except numbers.ValidationError:
        return ""
    return "" if numbers.trouble_with_vat(right, form) else right


def _is_oin(number):
    try:
        return number == numbers.oin(number)
    except numbers.ValidationError:
        return False


class Migration(migrations.Migration):
    dependencies = [("partners", "0022_given_back")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
