"""The data files that come with askdesk, each compared with its published hash before it is used."""

from __future__ import annotations

import hashlib
import importlib.resources

from askdesk.errors import ModelError


def shipped(name: str, sha256: str) -> bytes:
    """Returns the content of ``data/NAME``. Raises ModelError where it is missing or not the file of this hash."""
    try:
        content = importlib.resources.files("askdesk").joinpath("data", name).read_bytes()
    except OSError as error:
        raise ModelError(f"{name}, which comes with askdesk, cannot be read: reinstall askdesk") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"{name} is not the file that came with askdesk: reinstall askdesk")
    return content
