"""Trains the byte-pair vocabulary of ``askdesk.tokens`` and writes it to ``src/askdesk/data/tokens.gz``.

    ASKDESK_BENCH=… python training/train_tokens.py

Byte-pair encoding after Sennrich et al. 2016 (https://arxiv.org/abs/1508.07909) over bytes, by the trainer of
``tokenizers``, on paragraphs of Wikipedia. The same data give the same file, byte for byte.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from askdesk.tokens import PATTERN, encoding  # noqa: E402

TARGET = ROOT / "src" / "askdesk" / "data" / "tokens.gz"
SIZE = 16_384
SOURCES = (
    ("reader-train-squad11", "context"),
    ("reader-train-squad20-part", "context"),
    ("multihop-dev-musique-corpus", "text"),
)


def texts(bench: Path) -> Iterator[str]:
    """Yields each distinct text of the sources once, in their order."""
    seen: set[str] = set()
    for name, field in SOURCES:
        with gzip.open(bench / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)[field]
                if text not in seen:
                    seen.add(text)
                    yield text


def train(bench: Path) -> list[bytes]:
    """Returns the tokens beyond the 256 single bytes, in the order in which they were merged."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=SIZE, initial_alphabet=alphabet, max_token_length=32, show_progress=False)
    tokenizer.train_from_iterator(texts(bench), trainer)
    byte_of = {char: value for value, char in _byte_level_characters().items()}
    by_rank = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    tokens = [bytes(byte_of[char] for char in token) for token, _ in by_rank]
    return [token for token in tokens if len(token) > 1]


def _byte_level_characters() -> dict[int, str]:
    """The printable character that stands for each byte in the trainer's vocabulary.

    Printable bytes of Latin-1 stand for themselves; the others, in order, for the characters from U+0100.
    """
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [value for value in range(256) if value not in printable]
    return {value: chr(value) for value in printable} | {
        value: chr(0x100 + place) for place, value in enumerate(others)
    }


def main() -> None:
    bench = os.environ.get("ASKDESK_BENCH")
    if not bench:
        sys.exit("set ASKDESK_BENCH to the folder of the development data")
    tokens = train(Path(bench))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as file:
        for token in tokens:
            file.write(bytes([len(token)]) + token)
    TARGET.write_bytes(packed.getvalue())
    every_byte = bytes(range(256)).decode("latin-1")
    assert encoding().decode(encoding().encode_ordinary(every_byte)) == every_byte
    digest = hashlib.sha256(packed.getvalue()).hexdigest()
    print(f"{TARGET.name}: {len(tokens) + 256:,} tokens, {TARGET.stat().st_size:,} bytes, SHA-256 {digest}")


if __name__ == "__main__":
    main()
