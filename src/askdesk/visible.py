"""Makes text from documents harmless to show: nothing in it can steer a terminal or turn a line around."""

from __future__ import annotations

import re

# Unicode has a picture for every control character below space (U+2400 block) and one for DELETE.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
# C1 controls steer terminals as ESC does; embeddings, overrides and isolates reorder what follows them
# (Unicode Standard Annex 9). The plain marks U+200E, U+200F and U+061C belong to right-to-left writing
# and stay.
_CODES = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)]
_SHOWN = _PICTURES | {code: f"\u27e8U+{code:04X}\u27e9" for code in _CODES}

# One line end between two lines that both hold something, with the blanks around it.
_BREAK = re.compile(r"(?<=\S)[ \t]*(?:\r\n|\n|\r)[ \t]*(?=\S)")


def flowing(text: str, start: int, end: int) -> str:
    """Returns ``text[start:end]`` for a screen: single line ends, which only fold a paragraph, as spaces.

    Only for showing. Offsets into the result are not offsets into ``text``.
    """
    parts, at = [], start
    for found in _BREAK.finditer(text):
        if start <= found.start() and found.end() <= end:
            parts += [text[at : found.start()], " "]
            at = found.end()
    return "".join(parts) + text[at:end]


def visible(text: str) -> str:
    """Returns ``text`` for a screen: line ends as ``\\n``, control characters and bidirectional embeddings
    shown.

    Only for showing. Offsets into the result are not offsets into ``text``.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)
