"""Who reads what is typed in the form of a move, and from when: the page says it beside its heading."""

from django.utils.translation import gettext_lazy as _

from factory.texts import read_by

PROFILE = _("Everybody, at once. It stands on the page of your organisation.")
COLLEAGUES = _("Your colleagues and the coordinators, at once.")
OWNERS = _("The owners of the organisation, by mail at once, and the coordinators.")
STAFF = _("Only the coordinators.")
PROOF = _(
    "Once a coordinator has checked it, everybody sees what you have and until when. The "
    "certificate itself is only for your colleagues and the coordinators."
)

read_by(
    dict.fromkeys(
        (
            "organisation.revise",
            "organisation.set_logo",
            "organisation.add_photo",
            "organisation.take_words",
        ),
        PROFILE,
    )
    | dict.fromkeys(
        ("organisation.set_limit", "organisation.change_role", "organisation.be_away"), COLLEAGUES
    )
    | dict.fromkeys(
        (
            "organisation.ask_more",
            "organisation.turn_down",
            "organisation.suspend",
            "credential.refuse",
            "credential.revoke",
        ),
        OWNERS,
    )
    | dict.fromkeys(
        (
            "organisation.note",
            "organisation.set_domains",
            "organisation.check_domains",
            "organisation.merge",
        ),
        STAFF,
    )
    | dict.fromkeys(("credential.claim", "credential.correct"), PROOF)
    | {
        "organisation.invite": _("Whom you invite, by mail at once. Your colleagues see the list."),
        "organisation.set_numbers": PROFILE,
        "organisation.give_back": _("The former members, by mail at once, and the coordinators."),
    }
)
