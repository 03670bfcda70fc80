"""Finds the files that an index run is to read, and says why it passes over the others."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import MissingPath, UnreadableDocument

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes of a file that are read at most; what is larger is no document that a person reads in one piece."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its resolved path, and the path as given, with forward slashes."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands under the given paths.

    ``blocked`` are resolved folders that could not be listed: nothing is known of what stands below them, so nothing
    below them may count as vanished. ``roots`` are the resolved folders that were listed.
    """

    files: tuple[Found, ...]
    skipped: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    roots: tuple[Path, ...]
    blocked: tuple[Path, ...]


def listing(paths: Iterable[str | Path], suffixes: Iterable[str], avoid: Path) -> Listing:
    """Lists every file at and below ``paths`` whose suffix is one of ``suffixes``, ordered by path, each once.

    Names that begin with a dot are passed over silently, as is the folder ``avoid``, the store itself. A link that
    leaves the folder it stands in, or leads back into it, is skipped and said. Raises MissingPath, before anything
    else is done, when one of the paths does not exist.
    """
    given = [Path(path) for path in paths]
    for path in given:
        if not path.exists():
            raise MissingPath(f"{path.as_posix()} does not exist: check the path; nothing was indexed")
    walk = _Walk(frozenset(suffix.lower() for suffix in suffixes), avoid.resolve())
    for path in given:
        if path.is_dir():
            walk.roots.append(path.resolve())
            walk.folder(path, path.resolve())
        else:
            walk.file(path, path.resolve())
    return Listing(
        files=tuple(sorted(walk.found.values(), key=lambda file: str(file.path))),
        skipped=tuple(sorted(walk.skipped)),
        failed=tuple(sorted(walk.failed)),
        roots=tuple(walk.roots),
        blocked=tuple(walk.blocked),
    )


def file_bytes(path: Path, source: str) -> bytes:
    """Returns the bytes of a file as they stood at one moment.

    Raises UnreadableDocument when the file is gone, may not be read, is too large or keeps changing.
    """
    try:
        for _ in range(3):
            before = path.stat()
            if not stat.S_ISREG(before.st_mode):  # a pipe would be waited for
                raise UnreadableDocument(f"{source} is no ordinary file any more: put the file back or remove it")
            if before.st_size > LARGEST_FILE:
                size = before.st_size // 1024**2
                raise UnreadableDocument(f"{source} holds {size} MB, the limit is 256: split it into parts")
            data = path.read_bytes()
            after = path.stat()
            if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(data)):
                return data
    except FileNotFoundError as error:
        raise UnreadableDocument(f"{source} vanished while it was read: index again when it is back") from error
    except PermissionError as error:
        raise UnreadableDocument(f"{source} may not be read: give yourself the permission, then index again") from error
    except OSError as error:
        raise UnreadableDocument(f"{source} cannot be read ({error.strerror}): copy it to another disk") from error
    raise UnreadableDocument(f"{source} changes while it is read: index again when it is finished")


class _Walk:
    """The lists that a walk through folders fills."""

    def __init__(self, suffixes: frozenset[str], avoid: Path) -> None:
        self.suffixes = suffixes
        self.avoid = avoid
        self.found: dict[Path, Found] = {}
        self.skipped: list[tuple[str, str]] = []
        self.failed: list[tuple[str, str]] = []
        self.roots: list[Path] = []
        self.blocked: list[Path] = []

    def folder(self, shown: Path, resolved: Path) -> None:
        # No call for each folder in a folder: they may be nested deeper than Python calls.
        waiting = [(shown, resolved)]
        while waiting:
            shown, resolved = waiting.pop()
            if resolved == self.avoid:
                continue
            for entry in self._entries(shown, resolved):
                if entry.name.startswith("."):
                    continue
                path = shown / entry.name
                if entry.is_symlink():
                    self._link(path, resolved)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append((path, resolved / entry.name))
                else:
                    self.file(path, resolved / entry.name)

    def file(self, shown: Path, resolved: Path) -> None:
        source = readable(shown)
        try:
            ordinary = resolved.is_file()
        except OSError as error:
            self.failed.append((source, f"the file cannot be reached ({error.strerror}): {_advice(error)}"))
            return
        if not ordinary:
            self.skipped.append((source, "not an ordinary file"))
        elif shown.suffix.lower() not in self.suffixes:
            kinds = " ".join(sorted(self.suffixes))
            self.skipped.append((source, f"{shown.suffix or 'a name without suffix'} is none of {kinds}"))
        else:
            self.found.setdefault(resolved, Found(resolved, source))

    def _entries(self, shown: Path, resolved: Path) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(shown) as entries:
                yield from sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.blocked.append(resolved)
            self.failed.append((readable(shown), f"the folder cannot be listed ({error.strerror}): {_advice(error)}"))

    def _link(self, shown: Path, folder: Path) -> None:
        source = readable(shown)
        try:
            target = shown.resolve(strict=True)
        except (OSError, RuntimeError):
            self.skipped.append((source, "a link that leads nowhere"))
            return
        root = next((root for root in reversed(self.roots) if folder.is_relative_to(root)), folder)
        if not target.is_relative_to(root):
            self.skipped.append((source, "a link that leaves the folder: index its target by its own path"))
        elif target.is_dir():
            self.skipped.append((source, "a link to a folder that is indexed by its own path"))
        else:
            self.file(shown, target)


def _advice(error: OSError) -> str:
    return "move it further up" if error.errno == errno.ENAMETOOLONG else "check its permissions"


def readable(path: Path) -> str:
    """Returns the path with forward slashes; bytes of a name that are no text are shown as ``\\xNN``."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
