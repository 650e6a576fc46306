"""The models of impact challenges."""

from challenges.models.adoption import Adoption, FollowUp
from challenges.models.approval import Approval
from challenges.models.assessment import Assessment
from challenges.models.attachment import Attachment
from challenges.models.award import Award
from challenges.models.challenge import Challenge
from challenges.models.closure import Closure
from challenges.models.co_owner import CoOwner
from challenges.models.coaching import CoachedTime, Coaching
from challenges.models.contract import CheckIn, Contract, Indicator, Issue, Milestone
from challenges.models.criterion import Criterion
from challenges.models.decision import Decision
from challenges.models.document import Document
from challenges.models.entry import Entry
from challenges.models.entry_partner import EntryPartner
from challenges.models.exploration import Exploration
from challenges.models.finding import Finding, Proposal
from challenges.models.follower import Follower
from challenges.models.form_question import FormQuestion
from challenges.models.guest import Guest, Remark
from challenges.models.guidance import Guidance, LocalLimit
from challenges.models.helper import Helper
from challenges.models.impression import CallImpression
from challenges.models.instrument import Instrument
from challenges.models.interest import Interest
from challenges.models.invited import Invited
from challenges.models.juror import Juror
from challenges.models.ledger import LedgerLine
from challenges.models.letter import Letter
from challenges.models.not_for_them import NotForThem
from challenges.models.objection import Objection
from challenges.models.question import Question
from challenges.models.rectification import Rectification
from challenges.models.round import Round
from challenges.models.rule_set import RuleSet
from challenges.models.score import Consensus, Score
from challenges.models.step import Step
from challenges.models.submission import Submission
from challenges.models.talk import Talk
from challenges.models.version import Version
from challenges.models.weighing import CallWeighing

__all__ = [
    "Adoption",
    "Approval",
    "Assessment",
    "Attachment",
    "Award",
    "CallImpression",
    "CallWeighing",
    "Challenge",
    "CheckIn",
    "Closure",
    "CoOwner",
    "CoachedTime",
    "Coaching",
    "Consensus",
    "Contract",
    "Criterion",
    "Decision",
    "Document",
    "Entry",
    "EntryPartner",
    "Exploration",
    "Finding",
    "FollowUp",
    "Follower",
    "FormQuestion",
    "Guest",
    "Guidance",
    "Helper",
    "Indicator",
    "Instrument",
    "Interest",
    "Invited",
    "Issue",
    "Juror",
    "LedgerLine",
    "Letter",
    "LocalLimit",
    "Milestone",
    "NotForThem",
    "Objection",
    "Proposal",
    "Question",
    "Rectification",
    "Remark",
    "Round",
    "RuleSet",
    "Score",
    "Step",
    "Submission",
    "Talk",
    "Version",
]
