"""The words of the moves after the award: on the button, and when it is done."""

from django.utils.translation import gettext_lazy as _

from factory.texts import say

say(
    {
        "challenge.take_over": (
            _("Take it over from who left"),
            _("Whoever answered for it left, a colleague took over"),
        ),
        "challenge.hand_over": (_("Hand it over to a colleague"), _("Handed over")),
        "contract.draw_up": (_("Draw up the contract"), _("Drawn up")),
        "contract.take_back": (_("Take back"), _("Taken back")),
        "contract.revise": (_("Change what was agreed"), _("Saved")),
        "contract.add_milestone": (_("Add a milestone"), _("Milestone added")),
        "contract.add_indicator": (_("Add what is measured"), _("Added")),
        "contract.change_milestone": (_("Change a milestone"), _("Milestone changed")),
        "contract.drop_milestone": (_("Take a milestone away"), _("Milestone taken away")),
        "contract.change_indicator": (_("Change what is measured"), _("Changed")),
        "contract.drop_indicator": (_("Measure something no more"), _("Taken away")),
        "contract.sign": (_("Both of us signed"), _("Signed")),
        "contract.deliver": (_("A milestone is reached"), _("Milestone reached")),
        "contract.accept_milestone": (_("It is right"), _("Milestone accepted")),
        "contract.note_payment": (_("Note a payment"), _("Payment noted")),
        "contract.measure": (_("Note a measurement"), _("Measurement noted")),
        "contract.check_in": (_("Say how it goes"), _("Thank you")),
        "contract.raise_issue": (_("Something stands in the way"), _("The other side hears it")),
        "contract.solve_issue": (_("It is solved"), _("Solved")),
        "contract.complete": (_("Complete the contract"), _("Completed")),
        "contract.end_early": (_("End it early"), _("Ended early")),
        "contract.ask_how_it_goes": (_("Ask how it goes"), _("Asked how it goes")),
        "contract.fall_away": (_("Let it fall away"), _("Fallen away")),
        "contract.note": (_("Write a note"), _("Note kept")),
        "adoption.promise": (_("Promise"), _("The day of the decision stands")),
        "adoption.postpone": (_("Postpone once"), _("Postponed")),
        "adoption.decide": (_("Decide what becomes of it"), _("Decided what becomes of it")),
        "adoption.remind": (_("Remind"), _("Reminded of the decision")),
        "adoption.run_late": (_("Show that it is overdue"), _("The decision is overdue")),
        "adoption.ask_how_it_is": (_("Ask how it is"), _("Asked how it is now")),
        "adoption.follow_up": (_("Tell how it is now"), _("Told how it is now")),
    }
)
