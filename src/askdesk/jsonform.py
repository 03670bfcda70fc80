"""The JSON form of the values that pass between the rooms: a dataclass by its fields, dates in ISO form."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any


def to_json(value: object) -> Any:
    """Returns ``value`` as JSON can hold it: dataclasses as objects, tuples as arrays, dates as ISO strings.

    The keys keep the order of the fields, so that equal values give equal bytes. Raises TypeError for a type
    that has no JSON form.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.as_posix()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [to_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dumps(value: object) -> str:
    """Returns ``value`` as indented JSON text, characters outside ASCII as they are, no line end at the end.

    Raises ValueError for a number that JSON cannot hold (NaN, infinity).
    """
    return json.dumps(to_json(value), ensure_ascii=False, indent=2, allow_nan=False)
