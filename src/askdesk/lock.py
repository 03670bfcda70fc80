"""One writing process a store: a lock that the operating system frees when its holder dies; and for whom files are."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from askdesk.errors import StoreFull, StoreLocked

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            # flock and not lockf: it also refuses a second holder within the same process.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def folder_mode(folder: Path) -> int:
    """The permissions of a folder in the store at ``folder``, which are that folder's own: as a store is made, its
    owner's alone (0o700), and a group's where the owner opened it to that."""
    return stat.S_IMODE(folder.stat().st_mode)


def file_mode(folder: Path) -> int:
    """The permissions of a file in the store at ``folder``: those of a folder there, without running it."""
    return folder_mode(folder) & 0o666


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Holds the write lock of the store at ``folder``, which must exist; never waits.

    Raises StoreLocked, which says who holds it and since when, and StoreFull where the lock cannot be
    written.
    """
    # Who holds it stands in a file beside the lock, because Windows lets nobody read a locked one.
    lock, holder = folder / "write.lock", folder / "writer.json"
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, file_mode(folder))
    except OSError as error:
        raise StoreFull(
            f"{folder}: the store cannot be written to ({error.strerror}); "
            "make the folder writable or choose another with --store"
        ) from error
    try:
        if not _take(handle):
            raise StoreLocked(
                f"{folder}: another process is writing to this store ({_who(holder)}); "
                "wait until it is done, or end it, and try again"
            )
        since = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        # The lock is held by the handle alone: a full disk may keep the holder's name out of it.
        with suppress(OSError):
            told = os.open(holder, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, file_mode(folder))
            os.write(told, json.dumps({"pid": os.getpid(), "since": since}).encode())
            os.close(told)
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink()
    finally:
        os.close(handle)


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {int(known['pid'])}, since {known['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has not said which"
