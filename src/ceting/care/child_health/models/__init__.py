"""What was given to children, asked about them and found; a table of contents."""

from ceting.care.child_health.models.asked import (
    BreastfeedingMonth,
    DevelopmentScreen,
    FeedingRecall,
    IllnessReport,
    MonthAnswer,
    NewbornVisit,
    Question,
    QuestionSet,
)
from ceting.care.child_health.models.entries import Entry, EntryQuerySet, Kind, Place, Strike
from ceting.care.child_health.models.found import (
    Confirmation,
    Diagnosis,
    Finding,
    FindingCode,
    Referral,
    ReferralReason,
)
from ceting.care.child_health.models.given import FoodDays, Immunisation, Item, Supplement

__all__ = [
    "BreastfeedingMonth",
    "Confirmation",
    "DevelopmentScreen",
    "Diagnosis",
    "Entry",
    "EntryQuerySet",
    "FeedingRecall",
    "Finding",
    "FindingCode",
    "FoodDays",
    "IllnessReport",
    "Immunisation",
    "Item",
    "Kind",
    "MonthAnswer",
    "NewbornVisit",
    "Place",
    "Question",
    "QuestionSet",
    "Referral",
    "ReferralReason",
    "Strike",
    "Supplement",
]
