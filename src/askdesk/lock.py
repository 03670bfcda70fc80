"""One writing process a store: a lock that the operating system frees when its holder dies."""

from __future__ import annotations

import datetime as dt
import json
import os
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


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Holds the write lock of the store at ``folder``, which must exist; never waits.

    Raises StoreLocked, which says who holds it and since when, and StoreFull where the lock cannot be
    written.
    """
    # Who holds it stands in a file beside the lock, because Windows lets nobody read a locked one.
    lock, holder = folder / "write.lock", folder / "writer.json"
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
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
            holder.write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")
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
