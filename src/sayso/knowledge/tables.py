"""Reading the data files of `knowledge/data`: YAML with line numbers, and CSV.

Every loader error names file and line. Files are read once per process and never written.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from sayso.errors import KnowledgeError

LINE = "__line__"
"""Key under which `load_yaml` keeps the 1-based line on which a mapping starts."""


def data_file(*path: str) -> Traversable:
    """A file or folder of `knowledge/data`, whether installed or zipped."""
    node: Traversable = resources.files("sayso.knowledge") / "data"
    for name in path:
        node = node / name
    return node


def where(*path: str) -> str:
    """How errors name a data file."""
    return "knowledge/data/" + "/".join(path)


class Row(dict[Any, Any]):
    """A mapping of a data file. To ask it for a key that it lacks raises KnowledgeError, with file
    and line; `get` and `in` work as for any dict."""

    __slots__ = ("place",)

    def __init__(self, values: Mapping[Any, Any], place: str) -> None:
        super().__init__(values)
        self.place = place

    def __missing__(self, key: object) -> Any:
        raise KnowledgeError(f"{self.place}: the key {key!r} is missing")


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Safe YAML, with the line of each mapping, and an error for a key given twice."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    out: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in out:
            line = key_node.start_mark.line + 1
            raise KnowledgeError(f"{loader.name}:{line}: the key {key!r} is given twice")
        out[key] = loader.construct_object(value_node, deep=True)
    out[LINE] = node.start_mark.line + 1
    return Row(out, f"{loader.name}:{out[LINE]}")


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_yaml(*path: str) -> Any:
    """A YAML file of `knowledge/data`; each mapping carries its line under `LINE`.

    Raises KnowledgeError naming file and line; so does asking a mapping for a key it lacks.
    """
    name = where(*path)
    try:
        text = data_file(*path).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{name}: cannot be read ({error})") from error
    loader = _Loader(text)
    loader.name = name
    try:
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise KnowledgeError(f"{name}:{line}: {error.problem}") from error
    finally:
        loader.dispose()


def load_csv(*path: str, required: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file of `knowledge/data`; lines that start with `#` are notes.

    Each row has its 1-based line under `LINE`. Raises KnowledgeError for a missing column, a row
    of the wrong length, or an empty cell in a required column.
    """
    name = where(*path)
    try:
        text = data_file(*path).read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"{name}: cannot be read ({error})") from error
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        raise KnowledgeError(f"{name}:1: the file has no header")
    head = next(csv.reader([numbered[0][1]]))
    missing = [column for column in required if column not in head]
    if missing:
        raise KnowledgeError(f"{name}:{numbered[0][0]}: the column {missing[0]!r} is missing")
    rows: list[dict[str, str]] = []
    for number, line in numbered[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(head):
            raise KnowledgeError(
                f"{name}:{number}: {len(cells)} cells where the header has {len(head)}"
            )
        row = dict(zip(head, (c.strip() for c in cells), strict=True))
        for column in required:
            if not row[column]:
                raise KnowledgeError(f"{name}:{number}: {column!r} is empty")
        row[LINE] = str(number)
        rows.append(Row(row, f"{name}:{number}"))
    return rows


@cache
def version() -> str:
    """The first 12 hexadecimal digits of the SHA-256 of all data files: names and bytes."""
    digest = hashlib.sha256()

    def walk(node: Traversable, path: str) -> None:
        for child in sorted(node.iterdir(), key=lambda n: n.name):
            name = f"{path}/{child.name}"
            if child.is_dir():
                if not child.name.startswith("__"):
                    walk(child, name)
            elif not child.name.endswith((".py", ".pyc")):
                digest.update(name.encode() + b"\0" + child.read_bytes() + b"\0")

    walk(data_file(), "")
    return digest.hexdigest()[:12]
