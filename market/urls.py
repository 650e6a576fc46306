"""The site map of the market."""

from django.urls import path, re_path

from market.views import saved
from market.views.again import again
from market.views.board import board
from market.views.drafts import OpenDraft, SaveDraft, discard_draft
from market.views.exact import exact
from market.views.listing import ListingMove, ReportListing, listing
from market.views.match import MatchMove, match
from market.views.papers import confirmation_pdf, note, note_pdf
from market.views.post import PostListing
from market.views.prices import prices
from market.views.refusing import not_for_us
from market.views.year import year

app_name = "market"
urlpatterns = [
    path("", board, name="board"),
    re_path(r"^new/(?P<kind>need|offer)/$", PostListing.as_view(), name="post"),
    path("drafts/", SaveDraft.as_view(), name="drafts"),
    path("drafts/<int:pk>/", OpenDraft.as_view(), name="draft"),
    path("drafts/<int:pk>/discard/", discard_draft, name="discard"),
    path("exact/", exact, name="exact"),
    path("matches/<int:pk>/", match, name="match"),
    path("matches/<int:pk>/again/", again, name="again"),
    path("matches/<int:pk>/confirmation.pdf", confirmation_pdf, name="confirmation_pdf"),
    path("matches/<int:thing>/<slug:move>/", MatchMove.as_view(), name="match_move"),
    path("not-for-us/", not_for_us, name="not_for_us"),
    path("lists/", saved.lists, name="lists"),
    path("lists/keep/", saved.keep, name="keep"),
    path("lists/<int:pk>/", saved.saved, name="saved"),
    path("lists/<int:pk>/change/", saved.change, name="saved_change"),
    path("lists/<int:pk>/end/", saved.end, name="saved_end"),
    path("lists/<int:pk>/<int:number>/", saved.item, name="saved_item"),
    re_path(r"^lists/(?P<pk>\d+)/(?P<form>csv|xlsx)/$", saved.sheet, name="saved_sheet"),
    path("<slug:slug>/", listing, name="listing"),
    path("year/<slug:slug>/<int:year>.xlsx", year, name="year_xlsx"),
    path("<slug:slug>/prices/", prices, name="prices"),
    path("<slug:slug>/file-note/", note, name="note"),
    path("<slug:slug>/file-note.pdf", note_pdf, name="note_pdf"),
    path("<slug:thing>/report/", ReportListing.as_view(), {"move": "report"}, name="report"),
    path("<slug:thing>/<slug:move>/", ListingMove.as_view(), name="move"),
]
