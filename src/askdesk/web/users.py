"""The users of a chat that others reach: a file of names and hashed passwords, in the form of Apache's htpasswd.

A line is ``name:hash``, the hash by bcrypt, as ``htpasswd -B`` writes it too. bcrypt is imported here only.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from askdesk.errors import AskdeskError

LONGEST = 72
"""Bytes of a password that bcrypt reads; a longer one is refused, as the rest of it would count for nothing."""

# One that takes more than some seconds to compare with would hold up everybody else.
_HASH = re.compile(r"\$2[aby]\$(?:0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}")


class Users:
    """The users in ``file``, as it stands when this is made. Raises AskdeskError where it cannot be used."""

    def __init__(self, file: Path) -> None:
        import bcrypt

        self._hashes = _load(file)
        if not self._hashes:
            raise AskdeskError(f"{file}: holds no user; add one with: askdesk adduser NAME --auth {file}")
        # For a name that is not there a hash is computed all the same, so that the time taken does not tell.
        self._nobody = bcrypt.hashpw(b"", bcrypt.gensalt())

    def knows(self, name: str, password: str) -> bool:
        """Whether this is the password of the user of this name. Takes some tenths of a second, as it should."""
        import bcrypt

        given = password.encode("utf-8")
        known = self._hashes.get(name)
        if len(given) > LONGEST:
            return False
        return bcrypt.checkpw(given, known or self._nobody) and known is not None


def add_user(file: Path, name: str, password: str) -> bool:
    """Adds a user to ``file``, which is made where it is missing, or gives one a new password; says which (True: new).

    The other lines stay as they are. Raises AskdeskError where name or password cannot be, or the file cannot be read
    or written, or is none.
    """
    import bcrypt

    if not name.strip() or name != name.strip() or name.startswith("#") or ":" in name or not name.isprintable():
        raise AskdeskError(
            f"{name!r} cannot be a user's name: choose one without colons and control characters, "
            "without spaces at its ends, and not beginning with #"
        )
    try:
        given = password.encode("utf-8")
    except UnicodeEncodeError as error:
        raise AskdeskError("the password is no UTF-8 text: choose another") from error
    if not given or len(given) > LONGEST:
        raise AskdeskError(f"a password has 1 to {LONGEST} bytes, this one {len(given)}: choose another")
    file = file.resolve()
    if file.exists() and not file.is_file():
        raise AskdeskError(f"{file}: is no ordinary file; name another with --auth")
    known = _load(file) if file.exists() else {}
    lines = _lines(file) if file.exists() else []
    own = f"{name}:{bcrypt.hashpw(given, bcrypt.gensalt()).decode('ascii')}"
    if name in known:
        lines = [own if line.strip().startswith(f"{name}:") else line for line in lines]
    else:
        lines.append(own)
    _save(file, "".join(f"{line}\n" for line in lines))
    return name not in known


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise AskdeskError(
            f"{file}: there is no such file of users; make one with: askdesk adduser NAME --auth {file}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise AskdeskError(f"{file}: the file of users cannot be read ({error}); check it") from error


def _load(file: Path) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for number, line in enumerate(_lines(file), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hash = line.strip().partition(":")
        if not name or not _HASH.fullmatch(hash):
            raise AskdeskError(
                f"{file}, line {number}: is not NAME:HASH with a bcrypt hash of a cost of 4 to 16; "
                f"write it with: askdesk adduser NAME --auth {file}"
            )
        found[name] = hash.encode("ascii")
    return found


def _save(file: Path, text: str) -> None:
    """Writes the file at once or not at all; a new one is readable by its owner alone, another stays as it was."""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as new:
                new.write(text)
            if file.exists():
                shutil.copymode(file, name)
            Path(name).replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise AskdeskError(f"{file}: the file of users cannot be written ({error.strerror or error})") from error
