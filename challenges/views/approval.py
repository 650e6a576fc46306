"""The page on which who holds the budget approves: by the code from the mail, without an account."""

from django.db.models import F
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.lifecycle import approving
from challenges.models import Approval
from challenges.models.approval import MOST_TRIES
from challenges.setup_forms.people import AnswerForm, CodeForm
from factory.journal.models import Event
from factory.moves import Busy, Missing, NotNow, way_in

JOINED = ("challenge__organisation", "challenge__instrument", "challenge__province", "asked_by")


@never_cache
@require_http_methods(["GET", "POST"])
def approval(request, key):
    """First the code; then everything there is to read, and the answer."""
    asked = Approval.objects.open().select_related(*JOINED, "co_owner__organisation")
    found = asked.filter(key=key).first()
    if found is None or found.challenge.state != found.challenge.State.SHAPING:
        return _plain(render(request, "challenges/approval_gone.html", status=410))
    if request.session.get(_name(key)) != found.digest:
        return _plain(with_code(request, found))
    return _plain(with_answer(request, found))


def _plain(response):
    response["X-Robots-Tag"] = "noindex"
    return response


def _name(key):
    return f"approval-{key}"


def with_code(request, found):
    """Asks the code; a wrong one is counted, and after a few nobody can try any more."""
    form = CodeForm(request.POST or None)
    locked = found.tries_left <= 0
    if request.method == "POST" and form.is_valid() and not locked:
        counted = Approval.objects.filter(pk=found.pk, tries__lt=MOST_TRIES)
        locked = not counted.update(tries=F("tries") + 1)
        if not locked and approving.fits(found, form.cleaned_data["code"]):
            Approval.objects.filter(pk=found.pk).update(tries=0)
            request.session[_name(found.key)] = found.digest
            return HttpResponseRedirect(request.path)
        found.refresh_from_db(fields=["tries"])
        locked = found.tries_left <= 0
        form.add_error("code", approving.wrong_code(found.tries_left))
    status = 429 if locked else 422 if form.errors else 200
    context = {"approval": found, "form": form, "locked": locked}
    return render(request, "challenges/approval_code.html", context, status=status)


def with_answer(request, found):
    """Shows what is asked, and takes the answer."""
    challenge, form = found.challenge, AnswerForm(request.POST or None)
    missing, status = [], 422 if request.method == "POST" else 200
    if request.method == "POST" and request.POST.get("version") != str(challenge.version):
        missing = [approving.changed_meanwhile()]
    elif request.method == "POST" and form.is_valid():
        try:
            answer(found, form.cleaned_data)
        except (NotNow, Busy) as fault:
            missing, status = [str(fault) or approving.changed_meanwhile()], 409
        except Missing as fault:
            missing, status = fault.reasons, 409
        else:
            del request.session[_name(found.key)]
            context = {"approval": found, "said_yes": form.cleaned_data["answer"] == "yes"}
            return render(request, "challenges/approval_done.html", context)
    context = {
        "approval": found,
        "challenge": challenge,
        "form": form,
        "missing": missing,
        "criteria": challenge.criteria.all(),
        "co_owners": challenge.co_owners.select_related("organisation"),
    }
    return render(request, "challenges/approval_answer.html", context, status=status)


def answer(found, said):
    """Make the move that goes with the answer."""
    facts = {"approval": found, "on_behalf_of": None}
    with way_in(Event.Channel.MAIL):
        if said["answer"] == "no":
            return approving.refuse_approval(found.challenge, reason=said["reason"], **facts)
        facts |= {"number": said["number"], "decided_date": said["decided_date"]}
        move = approving.approve_share_by_code if found.co_owner else approving.approve_by_code
        return move(found.challenge, **facts)
