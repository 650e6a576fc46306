"""The words of the market's moves: on the button, and when it is done."""

from django.utils.translation import gettext_lazy as _

from factory.texts import say

say(
    {
        "listing.post": (_("Put it on the market"), _("Posted")),
        "listing.go_live": (_("Put on the market"), _("Put on the market")),
        "listing.publish": (_("Put it on the market"), _("Put on the market")),
        "listing.revise": (_("Save"), _("Saved")),
        "listing.renew": (_("Keep it on the market"), _("Renewed")),
        "listing.remind": (_("Remind"), _("Reminded that its time is nearly over")),
        "listing.pause": (_("Pause"), _("Paused")),
        "listing.resume": (_("Put it back now"), _("Back on the market")),
        "listing.wake": (_("Wake"), _("Back on the market, as planned")),
        "listing.expire": (_("Expire"), _("Expired")),
        "listing.fill": (_("We found somebody"), _("Marked as filled")),
        "listing.close": (_("Close"), _("Filled by an agreement")),
        "listing.withdraw": (_("Withdraw"), _("Withdrawn")),
        "listing.reopen": (_("Put it back"), _("Put back on the market")),
        "listing.take_down": (_("Take down"), _("Taken down")),
        "listing.put_back": (_("Put back"), _("Put back")),
        "listing.ask_prices": (_("Ask for prices"), _("Asked for prices by a closing time")),
        "listing.call_for_prices": (_("Ask for prices"), _("Asks for prices by a closing time")),
        "listing.open_prices": (_("Open the prices"), _("The prices can be read")),
        "listing.report": (_("Report this"), _("Reported")),
        "match.suggest": (_("Add to the shortlist"), _("Suggested")),
        "match.approve": (_("Approve"), _("Approved")),
        "match.dismiss": (_("Does not fit, because …"), _("Dismissed")),
        "match.restore": (_("Look again"), _("Back on the shortlist")),
        "match.take_back": (_("Take back"), _("Taken back")),
        "match.accept": (_("Yes, introduce us"), _("Said yes")),
        "match.introduce": (_("Introduce"), _("Introduced")),
        "match.decline": (_("Does not fit, because …"), _("Declined")),
        "match.agree": (_("Note what we agreed"), _("Agreed")),
        "match.confirm": (_("Confirm the amount"), _("Amount confirmed")),
        "match.complete": (_("Complete"), _("Completed: the amount counts")),
        "match.dispute": (_("Dispute"), _("The two amounts differ")),
        "match.cancel": (_("Call it off"), _("Called off")),
        "match.ask_price": (_("Ask for a price"), _("Asked for a price")),
        "match.quote": (_("Give a price"), _("Price given")),
        "match.withdraw_quote": (_("Take the price back"), _("Price taken back")),
        "match.choose": (_("Choose this price"), _("Chosen")),
        "match.pass_over": (_("Not chosen"), _("Another price was chosen")),
        "match.note_social_return": (_("Note social return"), _("Social return noted")),
        "match.write": (_("Send"), _("Message sent")),
        "match.nudge": (_("Remind"), _("Reminded")),
        "match.lapse": (_("Lapse"), _("Lapsed without an answer")),
        "match.stand_down": (_("Stand down"), _("Ended, as the need is gone")),
    }
)
