"""askdesk: ask your own documents and get their own words back, verbatim and cited.

from askdesk import Desk

desk = Desk("vectorstore")
desk.index("seeds")
print(desk.ask("How many North Korean soldiers are in Russia?"))
"""

from .desk import Desk, ask, index
from .errors import (
    AskdeskError,
    InvalidFilter,
    InvalidNamesFile,
    InvalidQuestion,
    InvalidQuestionsFile,
    MissingPath,
    ModelError,
    ModelMissing,
    RecipeMismatch,
    SnapshotGone,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreTooNew,
    UnknownDocument,
    UnreadableDocument,
)
from .types import (
    Answer,
    Citation,
    Document,
    DocumentInfo,
    Finding,
    Hit,
    IndexReport,
    Mark,
    Passage,
    Progress,
    Recipe,
    Speaker,
    Time,
    VerifyReport,
)

__all__ = [
    "Answer",
    "AskdeskError",
    "Citation",
    "Desk",
    "Document",
    "DocumentInfo",
    "Finding",
    "Hit",
    "IndexReport",
    "InvalidFilter",
    "InvalidNamesFile",
    "InvalidQuestion",
    "InvalidQuestionsFile",
    "Mark",
    "MissingPath",
    "ModelError",
    "ModelMissing",
    "Passage",
    "Progress",
    "Recipe",
    "RecipeMismatch",
    "SnapshotGone",
    "Speaker",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreMissing",
    "StoreTooNew",
    "Time",
    "UnknownDocument",
    "UnreadableDocument",
    "VerifyReport",
    "ask",
    "index",
]
