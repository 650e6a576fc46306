"""A challenge that ends early is heard of by everybody it concerns, each in their own words, and leaves the desks."""

from datetime import timedelta

import pytest

from challenges.figures import entries as desk_of_entries
from challenges.lifecycle import ending, opening, questions
from challenges.models import CoOwner, Entry, Follower, Question
from factory import clock
from factory.moves import Missing
from factory.notices.admin import unsealed
from factory.notices.letters import write
from factory.notices.models import Notice
from tests import contest, make
from tests.doors import sign_in

pytestmark = pytest.mark.django_db
WHY = {"reason": "The money went elsewhere."}


def heard(person, verb):
    """The last part of each notice of this move that somebody has in the inbox."""
    told = Notice.objects.filter(recipient=person, channel="inbox", event__verb=verb)
    return sorted(one.template.rpartition("/")[2] for one in told)


def all_heard(person, move):
    return heard(person, f"challenge.{move}") + heard(person, "entry.hear_it_ended")


def peopled(made):
    """A juror, somebody asked for the jury who has not answered, a follower, and who pays along."""
    made.juror = contest.juror(made.challenge).person
    made.asked = make.person("Arie Asked")
    made.challenge.jury.create(person=made.asked)
    made.gone = make.person("Gijs Gone")
    made.challenge.jury.create(person=made.gone, said_no_at=made.challenge.created_at)
    made.fay = make.person("Fay Follower")
    Follower.objects.create(challenge=made.challenge, person=made.fay)
    return made


def pays_along(made):
    other = make.organisation(kind="municipality")
    CoOwner.objects.create(challenge=made.challenge, organisation=other, cents=100)
    return other.owner


def desk(person):
    return [one["title"] for queue in desk_of_entries.desk_queues(person) for one in queue["items"]]


def test_who_drafts_and_who_sent_in_hear_that_it_was_withdrawn(mailbox):
    made = peopled(contest.contest("open", entrants=[make.organisation("Sent In")]))
    sent = made.entries[0]
    draft = contest.entry(made.challenge, make.organisation("Still Writing"), "draft")
    both = [sent.contact, draft.contact]
    for person in both:
        Follower.objects.create(challenge=made.challenge, person=person)
    assert [len(desk(person)) for person in both] == [1, 1]
    ending.withdraw(made.challenge, by=made.owner, **WHY)
    for person in both:  # among all who follow it, and of their own plan
        assert all_heard(person, "withdraw") == [
            "withdraw_other_followers",
            "hear_it_ended_entrants",
        ]
    assert [desk(person) for person in both] == [[], []]
    assert {Entry.objects.get(pk=one.pk).state for one in (sent, draft)} == {"submitted", "draft"}


def test_the_jury_the_owners_side_and_followers_hear_it_in_words_of_their_own():
    made = peopled(contest.contest("shaping"))
    payer = pays_along(made)
    ending.withdraw(made.challenge, by=made.owner, **WHY)
    expected = {
        made.challenge.deputy: ["withdraw_owners_side"],
        made.juror: ["withdraw_invited_jurors"],
        made.asked: ["withdraw_invited_jurors"],
        made.gone: [],
        made.fay: ["withdraw_other_followers"],
        payer: ["withdraw_owners_side"],
        made.owner: [],
    }
    assert {one: all_heard(one, "withdraw") for one in expected} == expected


def test_a_winner_hears_that_it_was_called_off_after_the_award():
    made = peopled(contest.contest("awarded", entrants=[make.organisation(), make.organisation()]))
    winner, other = made.entries
    ending.cancel(made.challenge, by=made.cleo, **WHY)
    assert all_heard(winner.contact, "cancel") == all_heard(other.contact, "cancel")
    assert all_heard(winner.contact, "cancel") == [
        "cancel_other_followers",
        "hear_it_ended_entrants",
    ]
    assert all_heard(made.owner, "cancel") == ["cancel_owners_side"]
    assert all_heard(made.juror, "cancel") == ["cancel_invited_jurors"]
    letter = Notice.objects.mail().get(recipient=winner.contact, event__verb="entry.hear_it_ended")
    _id, _subject, text, _raw = write(letter)
    assert "toekenning" in text
    assert WHY["reason"] in text


def test_who_entered_nothing_suitable_hears_it_and_it_can_still_be_taken_back():
    made = peopled(contest.contest("checking", entrants=[make.organisation()]))
    entrant = made.entries[0].contact
    ending.end_without_entries(made.challenge, by=made.cleo, **WHY)
    told = Notice.objects.filter(event__verb="entry.hear_it_ended", recipient=entrant)
    assert told.mail().get().status == "waiting"
    ending.take_back(made.challenge, by=made.cleo)
    made.challenge.refresh_from_db()
    assert made.challenge.state == "checking"
    assert told.mail().get().status == "dropped"
    assert told.get(channel="inbox").shown_at is None
    assert desk(entrant) == [str(made.entries[0])]


def test_nothing_ends_as_unsuitable_while_what_came_in_was_not_read():
    made = contest.contest("closed", entrants=[make.organisation()])
    with pytest.raises(Missing, match="nog niemand heeft gelezen"):
        ending.end_without_entries(made.challenge, by=made.cleo, **WHY)
    made.open_entries()
    ending.end_without_entries(made.challenge, by=made.cleo, **WHY)
    assert made.challenge.state == "unsuccessful"


def logged(verb):
    """Who is in the log of the mail about this, as coordinators and administrators read it."""
    found = unsealed(Notice.objects.filter(channel="inbox", event__verb=verb))
    return set(found.values_list("recipient", flat=True))


def test_the_log_of_the_mail_does_not_tell_who_had_entered_what_was_never_opened(client):
    made = peopled(contest.contest("open", entrants=[make.organisation("Sent In")]))
    draft = contest.entry(made.challenge, make.organisation("Still Writing"), "draft")
    back = contest.entry(made.challenge, make.organisation("Thought Again"), "withdrawn")
    question = Question(challenge=made.challenge)
    asker = make.organisation("Only Asks").owner
    questions.ask(question, by=asker, text="May a plan be about one street?")
    questions.reply(question, by=made.owner, answer="Yes.")
    hears = {made.fay.pk, made.entries[0].contact.pk, draft.contact.pk}
    assert logged("question.reply") == hears | {asker.pk}
    ending.withdraw(made.challenge, by=made.owner, **WHY)
    known = {made.challenge.deputy.pk, made.juror.pk, made.asked.pk}
    assert logged("challenge.withdraw") == known | hears | {back.contact.pk}
    assert logged("entry.hear_it_ended") == set()
    sealed = Notice.objects.mail().filter(event__verb="entry.hear_it_ended").first()
    page = sign_in(client, made.cleo).get("/admin/notices/notice/").content.decode()
    assert f"notice/{sealed.pk}/" not in page


def test_what_was_never_sent_in_stays_sealed_in_the_log_once_the_others_are_opened():
    soon = clock.now() + timedelta(days=3)
    made = contest.contest("open", entrants=[make.organisation("Sent In")], deadline_at=soon)
    contest.entry(made.challenge, make.organisation("Still Writing"), "draft")
    back = contest.entry(made.challenge, make.organisation("Thought Again"), "withdrawn")
    with clock.held(soon + timedelta(days=1)):
        opening.close(made.challenge)
        opening.ask_to_open(made.challenge, by=made.cleo)
        opening.open_entries(made.challenge, by=made.other)
    assert heard(Entry.objects.get(state="unsent").contact, "entry.run_out")
    assert heard(back.contact, "entry.hand_receipt")
    assert logged("entry.run_out") == set()
    assert logged("entry.hand_receipt") == {made.entries[0].contact.pk}


@pytest.mark.parametrize("state", ["awarded", "running"])
def test_an_entry_without_an_award_leaves_the_desk_once_the_result_stands(state):
    made = contest.contest(state, entrants=[make.organisation(), make.organisation()])
    winner, other = (Entry.objects.get(pk=one.pk) for one in made.entries)
    assert (winner.state, other.state) == ("awarded", "not_awarded")
    assert desk(winner.contact) == [str(winner)]
    assert desk(other.contact) == []


def test_who_drafts_hears_of_an_answer_and_the_asker_by_a_notice_of_their_own(ada, broodnodig):
    made = contest.contest("open", entrants=[make.organisation(), broodnodig])
    drafting, asker = made.entries
    question = Question(challenge=made.challenge)
    questions.ask(question, by=asker.contact, text="May a plan be about one street?")
    questions.reply(question, by=made.owner, answer="Yes.")
    questions.improve(question, by=made.owner, answer="Yes, it may.")
    verbs = ("question.reply", "question.improve")
    assert [heard(drafting.contact, verb) for verb in verbs] == [
        ["reply_drafters_and_followers"],
        ["improve_drafters_and_followers"],
    ]
    assert [heard(asker.contact, verb) for verb in verbs] == [
        ["reply_the_asker"],
        ["improve_the_asker"],
    ]
