"""Who reads what is typed in the form of a move, and from when: the page says it beside its heading."""

from django.utils.translation import gettext_lazy as _

from factory.texts import read_by

DRAWN_UP = _("You, your colleagues and our coordinators. Everybody, once the challenge opens.")
OUR_FILE = _("The organisation that brought it and the coordinators. It goes into the file.")
WHO_BROUGHT = _("Whoever brought the problem, by mail at once, and the coordinators.")
EVERYBODY = _("Everybody, at once. It stands on the page of the challenge.")
BOTH_SIDES = _("Both sides of the contract and the coordinators, at once.")
BOTH_AND_SUMS = _(
    "Both sides of the contract and the coordinators, at once. What was paid in all is public."
)
THE_TWO = _("The entrant, the organisation that decided and the coordinators.")
THE_COACHED = _("The finalist and the coach, by mail at once, and the coordinators.")
THE_JURY = _("The jury and the coordinators. It goes into the file; it is not public.")
WHO_IS_INVITED = _(
    "The organisation that is invited, by mail at once; whoever brought the challenge, and the coordinators."
)
WHO_DECIDES = _("Whoever decides and the coordinators. Everybody, once the letters are out.")

read_by(
    dict.fromkeys(
        (
            "challenge.choose_instrument",
            "challenge.take_preset",
            "challenge.set_calendar",
            "challenge.set_terms",
            "challenge.set_subjects",
            "challenge.set_criteria",
            "challenge.set_questions",
            "challenge.schedule",
        ),
        DRAWN_UP,
    )
    | {"challenge.invite_partner": WHO_IS_INVITED}
    | dict.fromkeys(
        ("challenge.use_guide", "challenge.note_helper", "challenge.hand_over"), OUR_FILE
    )
    | dict.fromkeys(
        (
            "challenge.ask_for_more",
            "challenge.turn_down",
            "challenge.redirect",
            "challenge.point_to_change",
        ),
        WHO_BROUGHT,
    )
    | dict.fromkeys(
        (
            "challenge.cancel",
            "challenge.end_without_entries",
            "challenge.rectify",
            "adoption.postpone",
            "adoption.decide",
            "adoption.follow_up",
        ),
        EVERYBODY,
    )
    | dict.fromkeys(
        (
            "contract.draw_up",
            "contract.revise",
            "contract.add_indicator",
            "contract.change_indicator",
            "contract.drop_indicator",
            "contract.drop_milestone",
            "contract.sign",
            "contract.deliver",
            "contract.measure",
            "contract.check_in",
            "contract.raise_issue",
            "contract.solve_issue",
            "contract.end_early",
        ),
        BOTH_SIDES,
    )
    | dict.fromkeys(
        ("contract.add_milestone", "contract.change_milestone", "contract.note_payment"),
        BOTH_AND_SUMS,
    )
    | dict.fromkeys(
        (
            "objection.lodge",
            "objection.dismiss",
            "objection.uphold",
            "talk.ask",
            "talk.plan",
            "entry.ask_to_repair",
            "entry.repair",
            "entry.change",
        ),
        THE_TWO,
    )
    | dict.fromkeys(
        ("challenge.assign", "challenge.agree", "challenge.shortlist", "challenge.release_juror"),
        THE_JURY,
    )
    | dict.fromkeys(
        (
            "challenge.note_findings",
            "challenge.propose",
            "challenge.award_next",
            "challenge.pass_on",
        ),
        WHO_DECIDES,
    )
    | {
        "challenge.start_coaching": THE_COACHED,
        "challenge.name_coach": THE_COACHED,
        "challenge.note_coaching": _(
            "The finalist, their coach and the coordinators. It goes into the file."
        ),
        "challenge.bring": DRAWN_UP,
        "challenge.remark": _(
            "You, your colleagues, our coordinators, and whoever has a link of you."
        ),
        "challenge.invite_guest": _("Whom you invite. Your colleagues see who reads along."),
        "challenge.invite_juror": _(
            "Whom you ask. The name becomes public when the challenge opens; the address never."
        ),
        "challenge.add_juror": _(
            "Whom you ask, by mail at once. The name becomes public; the address never."
        ),
        "challenge.excuse_juror": THE_JURY,
        "challenge.add_co_owner": _(
            "The other organisation and the coordinators. The amount is public once it opens."
        ),
        "challenge.ask_approval": _(
            "Whom you ask, by mail at once. Name, date and number go into the file."
        ),
        "challenge.note_approval": _("The coordinators, who check it. It goes into the file."),
        "challenge.note_decision": _("The coordinators, who check it. It goes into the file."),
        "challenge.send_decision_back": _("Whoever decides, by mail at once."),
        "challenge.ask_repairs": _("Each entrant that you choose, by mail at the same moment."),
        "challenge.withdraw": _("Whoever can see the challenge, at once."),
        "entry.exclude": _(
            "The entrant, by mail and in the letter about the outcome, and the coordinators."
        ),
        "entry.start": _("Only your colleagues, until the deadline."),
        "assessment.unlock": _("This juror, by mail at once, and the coordinators."),
        "assessment.release": _("This juror, by mail at once, and the coordinators."),
        "assessment.recuse": _("The chair and the coordinators. It goes into the file."),
        "award.decline": _("Whoever decides and the coordinators. It goes into the file."),
        "letter.mark_returned": _("Whoever decides and the coordinators. It goes into the file."),
        "letter.send_again": _("The entrant, by mail at once. The coordinators see to whom."),
        "letter.hand_over": _("Whoever decides and the coordinators. It goes into the file."),
        "challenge.note": _("Only the coordinators."),
        "contract.note": _("Only the coordinators."),
        "question.reply": _("Everybody, at once. Who asked stays hidden."),
        "question.improve": _("Everybody, at once. Who asked stays hidden."),
        "question.set_aside": _("Everybody, at once. Who asked hears it by mail."),
    }
)
