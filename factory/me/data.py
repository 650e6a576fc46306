"""All that is held of one person, found by following every reference: no table is forgotten."""

SECRET = {
    "partners.person": {"password"},
    "mfa.authenticator": {"data"},
    "coordination.note": {"text"},  # about others
    "challenges.question": {"asker"},  # who answered it does not learn who asked
    # What an organisation enters stays sealed, also for who wrote at it and left.
    "challenges.entry": {
        "title", "summary", "plan", "amount_cents", "typed", "receipt",
        "budget", "own_share", "partners", "answers", "blind",
    },
    "files.storedfile": {"name", "size", "sha256"},
    "challenges.submission": {"said", "sha256"},
    "notices.notice": {"lease", "leased_until"},
}  # fmt: skip


def everything_about(person):
    """``{"<app>.<model>.<field>": [rows]}``; secrets are left out."""
    held = {person._meta.label_lower: [row(person)]}
    for relation in references(type(person)):
        things = relation.related_model._base_manager.filter(**{relation.field.name: person})
        key = f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        if found := [row(thing) for thing in things.order_by("pk")]:
            held[key] = found
    return held


def references(model):
    """Every foreign key of every model that points at ``model``."""
    fields = model._meta.get_fields(include_hidden=True)
    return [f for f in fields if f.auto_created and (f.one_to_many or f.one_to_one)]


def row(thing):
    """A row as JSON can hold it, without its secrets."""
    secret = SECRET.get(thing._meta.label_lower, set())
    return {
        field.attname: field.value_to_string(thing)
        if field.is_relation
        else field.value_from_object(thing)
        for field in thing._meta.concrete_fields
        if field.name not in secret
    }
