"""The delivery log: what was sent to whom, what the mail server said, and once more in one press.

It never shows what a mail says: mails hold codes to sign in with and links that answer for somebody.
"""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factory.contributions import gather
from factory.coordination.calls import MOST, Call, Queue, total_of
from factory.journal.models import Event
from factory.notices.models import Notice
from factory.notices.waking import hint
from factory.texts import told

SHOWN = [
    "created_at", "to", "what", "urgency", "status", "answer", "attempts", "next_at", "digest_at",
    "sent_at", "message_id",
]  # fmt: skip
AGAIN = "send_again"


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """All mail, the newest first."""

    list_display = ["created_at", "to", "once_more", "what", "how_it_stands", "sent_at"]
    list_filter = ["status", "urgency"]
    list_select_related = ["recipient", "event"]
    search_fields = ["address", "message_id"]
    ordering = ["-created_at", "-pk"]
    fields = readonly_fields = SHOWN
    actions = ["resend", "release"]
    show_full_result_count = False

    def get_queryset(self, request):
        return unsealed(super().get_queryset(request).mail())

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """The list; the button in a row sends that one once more."""
        if AGAIN in request.POST and request.POST[AGAIN].isdecimal():
            self.resend(request, self.get_queryset(request).filter(pk=request.POST[AGAIN]))
            return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, {"title": _("Mail"), **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        named = {"title": _("Mail"), "subtitle": None, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, named)

    @admin.display(description=gettext_lazy("to"), ordering="address")
    def to(self, notice):
        return f"{notice.recipient} <{notice.address}>" if notice.recipient else notice.address

    @admin.display(description=gettext_lazy("what"), ordering="template")
    def what(self, notice):
        """What it is about; of mail about signing in only that it is that."""
        if notice.is_of_an_account:
            return _("About signing in")
        return notice.subject or (told(notice.event.verb) if notice.event else notice.template)

    @admin.display(description=gettext_lazy("how it stands"), ordering="status")
    def how_it_stands(self, notice):
        """The state, and under it what the mail server said."""
        if not notice.answer:
            return notice.get_status_display()
        words = '{}<br><span class="quiet">{}</span>'
        return format_html(words, notice.get_status_display(), notice.answer)

    @admin.display(description=gettext_lazy("once more"))
    def once_more(self, notice):
        """The button, where there is something to repeat."""
        if not notice.can_go_again:
            return ""
        button = '<button type="submit" class="button" name="{}" value="{}">{}</button>'
        return format_html(button, AGAIN, notice.pk, _("Send again"))

    @admin.action(description=gettext_lazy("Send again"))
    def resend(self, request, notices):
        count = notices.again()
        hint()
        words = ngettext("%(n)s mail is sent again.", "%(n)s mails are sent again.", count)
        messages.success(request, words % {"n": count})

    @admin.action(description=gettext_lazy("Release what was held after a restore"))
    def release(self, request, notices):
        count = notices.release()
        hint()
        words = ngettext("%(n)s mail was released.", "%(n)s mails were released.", count)
        messages.success(request, words % {"n": count})


def unsealed(notices):
    """Without those about what is sealed: that somebody got such a mail tells too much already."""
    for sealed in gather("sealed_events"):
        notices = notices.exclude(event__in=Event.objects.filter(sealed()).values("pk"))
    return notices


def coordinator_queues(person, everywhere=False):
    """What did not arrive, and what is held: under the call list."""
    stuck = unsealed(Notice.objects.mail()).stuck()
    shown = stuck.select_related("recipient").annotate(total=total_of(stuck))
    notices = list(shown.order_by("created_at")[:MOST])
    rows = [
        Call(
            title=str(notice.recipient or notice.address),
            meta=notice.answer or notice.get_status_display(),
            url=reverse("admin:notices_notice_change", args=[notice.pk]),
            since=notice.created_at,
        )
        for notice in notices
    ]
    url = reverse("admin:notices_notice_changelist") + "?status__exact=failed"
    total = notices[0].total if notices else 0
    return [Queue("stuck", _("Mail that did not arrive"), url, rows, total, calls=False)]
