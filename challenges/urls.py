"""The site map of the challenges."""

from django.urls import path, re_path

from challenges.views.approval import approval
from challenges.views.board import board
from challenges.views.bring import BringChallenge
from challenges.views.calling import not_for_us
from challenges.views.challenge import challenge
from challenges.views.changes import changes
from challenges.views.coaching import coaching
from challenges.views.comparing import bundle_pdf, check, pitches, ranking
from challenges.views.contract import AdoptionMove, ContractMove, DrawUp, adoption, contract
from challenges.views.deciding import deciding, report, report_pdf
from challenges.views.dossier import dossier
from challenges.views.entering import EnterChallenge, SubmitEntry, WriteEntry
from challenges.views.entry import entry, receipt, receipt_said
from challenges.views.feeds import deadlines, diary, feed
from challenges.views.follow import follow, follow_all
from challenges.views.guests import guest, remarks
from challenges.views.jury import jury, readers
from challenges.views.letter import LetterMove, letter, letter_ics, letter_pdf, preview
from challenges.views.money import draft, ledger
from challenges.views.moves import AwardMove, ChallengeMove, EntryMove
from challenges.views.objecting import (
    AskTalk,
    Lodge,
    LodgeExclusion,
    ObjectionMove,
    TalkMove,
    objection,
    talk,
)
from challenges.views.questions import Ask, QuestionMove, question
from challenges.views.scoring import AssessmentMove, Scoring
from challenges.views.setup import advice, advice_pdf, setup
from challenges.views.steps import FillIn
from challenges.views.versions import versions

app_name = "challenges"
urlpatterns = [
    path("", board, name="list"),
    path("guests/<str:key>/", guest, name="guest"),
    path("new/", BringChallenge.as_view(), name="new"),
    path("feed.atom", feed, name="feed"),
    path("deadlines.ics", deadlines, name="deadlines"),
    path("following/", follow_all, name="follow_all"),
    path("not-for-us/", not_for_us, name="not_for_us"),
    path("questions/<int:pk>/", question, name="question"),
    path("questions/<int:thing>/<slug:move>/", QuestionMove.as_view(), name="question_move"),
    path("entries/<int:pk>/", entry, name="entry"),
    path(
        "entries/<int:thing>/write/", WriteEntry.as_view(), {"move": "submit"}, name="entry_write"
    ),
    path(
        "entries/<int:thing>/submit/",
        SubmitEntry.as_view(),
        {"move": "submit"},
        name="entry_submit",
    ),
    path(
        "entries/<int:thing>/repair/",
        SubmitEntry.as_view(),
        {"move": "repair"},
        name="entry_repair",
    ),
    path(
        "entries/<int:thing>/change/",
        SubmitEntry.as_view(),
        {"move": "change"},
        name="entry_change",
    ),
    path("entries/<int:pk>/receipts/<int:number>/", receipt, name="receipt"),
    path("entries/<int:pk>/receipts/<int:number>.json", receipt_said, name="receipt_said"),
    path("entries/<int:entry>/object/", LodgeExclusion.as_view(), name="lodge_exclusion"),
    path("entries/<int:thing>/<slug:move>/", EntryMove.as_view(), name="entry_move"),
    path("awards/<int:award>/contract/", DrawUp.as_view(), name="draw_up"),
    path("awards/<int:thing>/<slug:move>/", AwardMove.as_view(), name="award_move"),
    path("assessments/<int:pk>/", Scoring.as_view(), name="assessment"),
    path("assessments/<int:thing>/<slug:move>/", AssessmentMove.as_view(), name="assessment_move"),
    path("contracts/<int:pk>/", contract, name="contract"),
    path("contracts/<int:thing>/<slug:move>/", ContractMove.as_view(), name="contract_move"),
    path("adoptions/<int:pk>/", adoption, name="adoption"),
    path("adoptions/<int:thing>/<slug:move>/", AdoptionMove.as_view(), name="adoption_move"),
    re_path(r"^(?P<slug>[\w-]+)/dossier\.(?P<form>pdf|zip)$", dossier, name="dossier"),
    path("<slug:thing>/steps/<slug:step>/", FillIn.as_view(), {"move": "fill_in"}, name="step"),
    path("<slug:slug>/dossier/", dossier, name="dossier_page"),
    path("<slug:slug>/versions/", versions, name="versions"),
    path("<slug:slug>/remarks/", remarks, name="remarks"),
    path("<slug:slug>/enter/", EnterChallenge.as_view(), name="enter"),
    path("<slug:slug>/", challenge, name="challenge"),
    path("<slug:slug>/jury/", jury, name="jury"),
    path("<slug:slug>/check/", check, name="check"),
    path("<slug:slug>/ranking/", ranking, name="ranking"),
    path("<slug:slug>/pitches/", pitches, name="pitches"),
    path("<slug:slug>/bundle.pdf", bundle_pdf, name="bundle"),
    path("<slug:slug>/coaching/", coaching, name="coaching"),
    path("<slug:slug>/jury/<int:number>/", readers, name="readers"),
    path("letters/<int:pk>/", letter, name="letter"),
    path("letters/<int:pk>.pdf", letter_pdf, name="letter_pdf"),
    path("letters/<int:pk>.ics", letter_ics, name="letter_ics"),
    path("letters/<int:letter>/object/", Lodge.as_view(), name="lodge"),
    path("letters/<int:letter>/talk/", AskTalk.as_view(), name="ask_talk"),
    path("objections/<int:pk>/", objection, name="objection"),
    path("objections/<int:thing>/<slug:move>/", ObjectionMove.as_view(), name="objection_move"),
    path("talks/<int:pk>/", talk, name="talk"),
    path("talks/<int:thing>/<slug:move>/", TalkMove.as_view(), name="talk_move"),
    path("letters/<int:thing>/<slug:move>/", LetterMove.as_view(), name="letter_move"),
    path("<slug:slug>/letters/<int:number>/", preview, name="letter_preview"),
    path("<slug:slug>/decision/", deciding, name="deciding"),
    path("<slug:slug>/jury-report/", report, name="report"),
    path("<slug:slug>/jury-report.pdf", report_pdf, name="report_pdf"),
    path("<slug:slug>/follow/", follow, name="follow"),
    path("<slug:slug>/ask/", Ask.as_view(), name="ask"),
    path("<slug:slug>/diary.ics", diary, name="diary"),
    path("approvals/<uuid:key>/", approval, name="approval"),
    path("<slug:slug>/changes/", changes, name="changes"),
    path("<slug:slug>/setup/ledger/", ledger, name="ledger"),
    path("<slug:slug>/setup/decision.docx", draft, name="decision_draft"),
    path("<slug:slug>/setup/", setup, name="setup"),
    path("<slug:slug>/setup/advice/", advice, name="setup_advice"),
    path("<slug:slug>/setup/advice.pdf", advice_pdf, name="setup_advice_pdf"),
    path("<slug:thing>/<slug:move>/", ChallengeMove.as_view(), name="move"),
]
