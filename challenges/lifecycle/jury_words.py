"""The words of the moves of the jury: on the button, and when it is done."""

from django.utils.translation import gettext_lazy as _

from factory.texts import say

say(
    {
        "challenge.declare": (_("Declare interests"), _("Interests declared")),
        "challenge.assign": (_("Share out the entries"), _("Entries shared out")),
        "challenge.add_juror": (_("Ask one more juror"), _("Asked by mail")),
        "challenge.excuse_juror": (_("Let a juror stop"), _("The jury is changed")),
        "challenge.remind_jury": (_("Remind the jury"), _("The jury was reminded")),
        "challenge.nudge_jury": (_("Remind the jury"), _("The jury was reminded")),
        "challenge.ask_repairs": (_("Ask to repair"), _("Asked to repair")),
        "challenge.agree": (_("Agree on the marks"), _("Marks agreed on")),
        "assessment.assign": (_("Assign"), _("Assigned")),
        "assessment.lock": (_("Lock my marks"), _("Marks locked")),
        "assessment.unlock": (_("Give the marks back"), _("Marks given back to the juror")),
        "assessment.release": (_("Take it off this juror"), _("Taken off the juror")),
        "assessment.recuse": (_("I have an interest after all"), _("The entry is closed for you")),
        "assessment.void": (_("Make void"), _("Void")),
    }
)
