"""Every error that askdesk raises on purpose. Each message names what was wrong and what to do about it.

AskdeskError
├── InvalidQuestion       (ValueError)         empty, blank or far too long
├── InvalidFilter         (ValueError)         a date that is none, a limit below one
├── UnknownDocument       (LookupError)        no document of that id, source, path or folder in the store
├── MissingPath           (FileNotFoundError)  a path given to index() does not exist
├── UnreadableDocument    (ValueError)         one file cannot be read; the message says why
├── InvalidQuestionsFile  (ValueError)         a file of fixed questions has a wrong line
├── InvalidNamesFile      (ValueError)         a store's names.txt has a wrong line
├── ModelError            (ValueError)         a model that cannot be used
│   └── ModelMissing      (FileNotFoundError)  no model of that name here
└── StoreError            (OSError)            a store that cannot be used
    ├── StoreMissing      (FileNotFoundError)  there is none at that place
    ├── StoreLocked       (BlockingIOError)    another process is writing to it
    ├── StoreFull         (OSError)            the disk is full or not writable
    ├── StoreDamaged      (OSError)            ledger or caches are broken
    ├── StoreTooNew       (OSError)            made by a later askdesk
    ├── SnapshotGone      (OSError)            a reader is two generations behind; ask again
    └── RecipeMismatch    (OSError)            made with another model or chunking
"""

from __future__ import annotations


class AskdeskError(Exception):
    """The root of all errors of askdesk."""


def is_failure(error: BaseException) -> bool:
    """Whether something went wrong, as against a wish to end (Ctrl-C, exit): every Exception, and the panics of
    libraries written in Rust, which are none."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


class InvalidQuestion(AskdeskError, ValueError):
    """The question is empty, blank or far too long."""


class InvalidFilter(AskdeskError, ValueError):
    """A filter or limit is not of the form it must have."""


class UnknownDocument(AskdeskError, LookupError):
    """The store holds no document of that id, source, path or folder."""


class MissingPath(AskdeskError, FileNotFoundError):
    """A path given to index() does not exist."""


class UnreadableDocument(AskdeskError, ValueError):
    """One file cannot be read. The message is one line that says why and what to do."""


class InvalidQuestionsFile(AskdeskError, ValueError):
    """A file of fixed questions is missing or has a wrong line."""


class InvalidNamesFile(AskdeskError, ValueError):
    """A store's file of names cannot be read or has a wrong line."""


class ModelError(AskdeskError, ValueError):
    """A model that cannot be used: damaged, foreign or unsafe."""


class ModelMissing(ModelError, FileNotFoundError):
    """No model of that name is on this machine, and none was allowed to be downloaded."""


class StoreError(AskdeskError, OSError):
    """A store that cannot be used."""


class StoreMissing(StoreError, FileNotFoundError):
    """There is no store at that place."""


class StoreLocked(StoreError, BlockingIOError):
    """Another process is writing to the store."""


class StoreFull(StoreError):
    """The disk is full, or the store cannot be written to."""


class StoreDamaged(StoreError):
    """The ledger or the caches of a store are broken."""


class StoreTooNew(StoreError):
    """The store was made by a later askdesk."""


class SnapshotGone(StoreError):
    """What was read is older than the generations that are still kept; a new snapshot holds the current one."""


class RecipeMismatch(StoreError):
    """The store was made with another model or another way of cutting passages."""
