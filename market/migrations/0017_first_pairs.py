from django.db import migrations

# Words of what is needed and offered most. A coordinator adds, changes and removes them.
PAIRS = """
schoonmaak cleaning, schoonmaken cleaning, schoonmaker cleaner, glazenwasser window-cleaner, ramen windows, wasserij laundry,
wassen washing, strijken ironing, kleding clothing, kleermaker tailor, naaien sewing, naaiatelier sewing-workshop, stof fabric,
drukwerk printing, drukkerij printer, folders leaflets, vormgeving design, ontwerp design, huisstijl branding, vertalen translation,
vertaling translation, tolk interpreter, tekst text, website website, websites websites, toegankelijk accessible, onderhoud maintenance,
tuin garden, tuinonderhoud gardening, groenvoorziening gardening, groen green, hovenier gardener, bomen trees, snoeien pruning,
moestuin vegetable-garden, fiets bicycle, fietsen bicycles, fietsenmaker bicycle-repair, reparatie repair, repareren repairing,
timmeren carpentry, timmerman carpenter, hout wood, houtbewerking woodworking, meubels furniture, meubel furniture, schilder painter,
schilderwerk painting, schilderen painting, bouw construction, verbouwing renovation, metaal metal, lassen welding, loodgieter plumber,
elektricien electrician, klus odd-job, klussen odd-jobs, verhuizing removal, verhuizen moving, vervoer transport, bezorgen delivery,
bezorging delivery, koerier courier, inpakken packing, verpakken packaging, magazijn warehouse, assemblage assembly, montage assembly,
afval waste, hergebruik reuse, kringloop second-hand, gerecycled recycled, restmateriaal leftover-material, maaltijd meal, maaltijden meals,
eten food, koken cooking, kok cook, bakker baker, brood bread, soep soup, broodjes sandwiches, hapjes snacks, borrel drinks, koffie coffee,
bediening serving, gastvrij hospitable, keuken kitchen, vergaderzaal meeting-room, vergadering meeting, vergaderruimte meeting-room,
zaal hall, werkplek workspace, werkplekken workspaces, ruimte space, verhuur rental, bijeenkomst gathering, evenement event,
zorg care, thuiszorg home-care, mantelzorg informal-care, begeleiding coaching, begeleiden coaching, dagbesteding day-activities,
ouderen elderly, jongeren youth, kinderen children, kinderopvang childcare, opleiding training, leerwerkplek traineeship, stage internship,
werkervaring work-experience, statushouders refugees, vluchtelingen refugees, buurt neighbourhood, wijk neighbourhood, bewoners residents,
beveiliging security, receptie reception, administratie administration, boekhouding bookkeeping, post mail, callcenter call-centre,
foto photo, fotografie photography, kunst art, kunstwerk artwork, muziek music, geschenk gift, kerstpakket christmas-hamper, relatiegeschenk corporate-gift,
bloemen flowers, advies advice, onderzoek research, subsidie grant
"""


def lay(apps, editor):
    pairs = [words.split() for words in PAIRS.replace("\n", " ").split(",")]
    Pair = apps.get_model("market", "Pair")
    Pair.objects.bulk_create(
        Pair(dutch=dutch, english=english.replace("-", " ")) for dutch, english in pairs
    )


class Migration(migrations.Migration):
    """Words that mean the same, to begin with."""

    dependencies = [("market", "0016_weighing")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
