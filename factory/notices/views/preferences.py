"""How much mail, and the one press that stops a kind of it."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from factory.notices.forms import PreferenceForm, every_topic
from factory.notices.links import BadSignature, read_unsubscribe
from factory.notices.models import Notice, Preference


@login_required
def preferences(request):
    """Three choices in words, the details folded."""
    chosen = Preference.objects.filter(person=request.user).first()
    form = PreferenceForm(request.POST or None, instance=chosen or Preference(person=request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from the next mail on."))
        return redirect("preferences")
    status = 422 if form.errors else 200
    return render(request, "notices/preferences.html", {"form": form}, status=status)


@never_cache
@csrf_exempt  # a mail program posts here by itself (RFC 8058); what may happen is in the signature
def unsubscribe(request, signed):
    """GET asks, POST stops mail about one topic, or lets it come again. The signature says whose."""
    try:
        key, topic = read_unsubscribe(signed)
    except BadSignature:
        return render(request, "notices/broken_link.html", status=404)
    person = get_object_or_404(get_user_model(), pk=key)
    chosen = Preference.objects.filter(person=person).first() or Preference(person=person)
    if request.method == "POST":
        off = "again" not in request.POST
        chosen.mute(topic, off=off)
        if off:
            Notice.objects.stop(person, topic)
    name = dict(every_topic()).get(topic, topic)
    context = {
        "topic": name,
        "stopped": topic in chosen.muted,
        "was_asked": request.method == "GET",
    }
    return render(request, "notices/unsubscribe.html", context)
