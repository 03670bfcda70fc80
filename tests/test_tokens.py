from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from askdesk import tokens
from askdesk.errors import ModelError, ModelMissing


@given(st.text())
def test_any_text_survives_encoding_and_decoding(text: str) -> None:
    encoding = tokens.encoding()
    assert encoding.decode(encoding.encode_ordinary(text)) == text


@given(st.binary())
def test_any_bytes_survive_encoding_and_decoding(data: bytes) -> None:
    encoding = tokens.encoding()
    assert encoding.decode_bytes(encoding._encode_bytes(data)) == data


def test_every_rank_is_reachable_from_what_was_merged_before() -> None:
    encoding = tokens.encoding()
    assert encoding.n_vocab == 16384
    ranks = {encoding.decode_single_token_bytes(rank): rank for rank in range(encoding.n_vocab)}
    assert [ranks[bytes([value])] for value in range(256)] == list(range(256))
    for token, rank in ranks.items():
        if len(token) > 1:
            parts = [(token[:at], token[at:]) for at in range(1, len(token))]
            assert any(ranks.get(a, rank) < rank and ranks.get(b, rank) < rank for a, b in parts), token


def test_count_of_known_texts() -> None:
    assert tokens.count("") == 0
    assert tokens.count("The government said on 4 May 2024.") == 11
    assert tokens.count("Antidisestablishmentarianism") == len(
        tokens.encoding().encode_ordinary("Antidisestablishmentarianism")
    )


def test_prose_takes_about_one_and_a_half_tokens_a_word(bench: Path) -> None:
    words = total = 0
    with gzip.open(bench / "news-dev-documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(50), lines, strict=False):
            text = json.loads(line)["text"]
            words += len(text.split())
            total += tokens.count(text)
    assert 1.2 < total / words < 1.6


def test_special_tokens_in_a_text_are_plain_text() -> None:
    assert tokens.count("<|endoftext|>") > 1


def test_lone_surrogates_and_nul_are_counted() -> None:
    assert tokens.count("a\ud800b\0c") >= 3


@pytest.mark.parametrize("text", ["x" * 5_000_000, " " * 5_000_000, "." * 5_000_000, "\n" * 5_000_000])
def test_a_line_of_megabytes_is_counted(text: str) -> None:
    assert 0 < tokens.count(text) <= len(text)


def test_slices_are_the_text_and_cut_at_white_space() -> None:
    text = "several words and 4,321 more; " * 3000
    parts = list(tokens._slices(text))
    assert "".join(parts) == text
    assert len(parts) > 3
    assert all(len(part) <= 20000 and part[0] == " " for part in parts[1:])
    assert "".join(tokens._slices("x" * 50_001)) == "x" * 50_001


def test_official_encoding_that_does_not_exist() -> None:
    with pytest.raises(ModelError, match=r"no token encoding 'nonesuch': use one of askdesk-16k, .*o200k_base"):
        tokens.encoding("nonesuch")


def test_official_encoding_that_cannot_be_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def unreachable(name: str) -> tiktoken.Encoding:
        raise OSError("no route to host")

    monkeypatch.setattr(tiktoken, "get_encoding", unreachable)
    with pytest.raises(ModelMissing, match="'o200k_base' is not on this machine and could not be fetched"):
        tokens.encoding("o200k_base")


def test_official_encoding_is_used_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    bytewise = tiktoken.Encoding(
        "bytes", pat_str=r"[\s\S]", mergeable_ranks={bytes([i]): i for i in range(256)}, special_tokens={}
    )
    monkeypatch.setattr(tiktoken, "get_encoding", lambda name: bytewise)
    try:
        assert tokens.count("four", "r50k_base") == 4
    finally:
        tokens.encoding.cache_clear()
