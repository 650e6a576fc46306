"""The words of the market's moves: on the button, and when it is done."""

from django.utils.translation import gettext_lazy as _

from factory.texts import say, say_on_its_page

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
        "listing.open_again": (_("Open again"), _("On the market again: the agreement was none")),
        "listing.withdraw": (_("Withdraw"), _("Withdrawn")),
        "listing.reopen": (_("Put it back"), _("Put back on the market")),
        "listing.go_with_them": (
            _("Withdraw"),
            _("Withdrawn: the organisation gave its name back"),
        ),
        "listing.take_down": (_("Take down"), _("Taken down")),
        "listing.take_back": (_("Take back"), _("Taken back")),
        "listing.put_back": (_("Put back"), _("Put back")),
        "listing.ask_prices": (_("Ask for prices"), _("Asked for prices by a closing time")),
        "listing.ask_prices_again": (
            _("Ask for prices again"),
            _("Asked for prices again, with a new closing time"),
        ),
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
        "match.vouch": (_("Confirm it oneself"), _("Amount told by phone confirmed")),
        "match.strike_amount": (_("Strike the amount"), _("Amount told by phone struck")),
        "match.strike_yes": (_("Strike the yes"), _("Yes told by phone struck")),
        "match.strike_agreement": (
            _("Strike the agreement"),
            _("Agreement told by phone struck: it was not right"),
        ),
        "match.strike_change": (
            _("Strike the amount"),
            _("Agreed amount told by phone struck: it was not right"),
        ),
        "match.ask_after_all": (
            _("Ask after all"),
            _("Asked again: what was told by phone was not right"),
        ),
        "match.go_on_after_all": (
            _("Go on after all"),
            _("Goes on: what was told by phone was not right"),
        ),
        "match.correct": (_("The amount is wrong"), _("Said that the amount is wrong")),
        "match.set_right": (_("Put right"), _("Put right: another amount counts")),
        "match.keep_amount": (
            _("The amount is right"),
            _("Said that the amount is right as it is"),
        ),
        "match.cancel": (_("Call it off"), _("Called off")),
        "match.ask_price": (_("Ask for a price"), _("Asked for a price")),
        "match.ask_again": (_("Ask for a price again"), _("Asked for a price once more")),
        "match.quote": (_("Give a price"), _("Price given")),
        "match.withdraw_quote": (_("Take the price back"), _("Price taken back")),
        "match.choose": (_("Choose this price"), _("Chosen")),
        "match.pass_over": (_("Not chosen"), _("Another price was chosen")),
        "match.note_social_return": (_("Note social return"), _("Social return noted")),
        "match.write": (_("Send"), _("Message sent")),
        "match.nudge": (_("Remind"), _("Reminded")),
        "match.lapse": (_("Lapse"), _("Lapsed without an answer")),
        "match.turn_away": (_("Not for us"), _("Turned away by the buyer")),
        "match.take_off": (_("Take off the shortlist"), _("Off the shortlist")),
        "match.stand_down": (_("Stand down"), _("Ended, as the need is gone")),
    }
)
say_on_its_page(
    {
        "listing.report": (
            _("Send my report"),
            _("Thank you for telling us. A coordinator reads it and decides what has to be done."),
        ),
        "match.accept": (
            _("Yes, introduce us"),
            _("You said yes. How it goes on stands below."),
        ),
        "match.decline": (
            _("Send my no"),
            _("Your no is noted. Nothing more is asked of you for this one."),
        ),
    }
)
