"""Model objects to and from the JSON of the reading contract.

One rule each way, driven by the dataclasses: a field becomes a key of the same name, except that
`Evidence.source` is printed as `from`. A field with metadata `optional` is left out when None.
"""

from __future__ import annotations

import dataclasses
import json
import operator
import types
import typing
from collections.abc import Callable
from typing import Any, TypeVar, cast

from sayso.model.annotation import KINDS, AnyAnnotation
from sayso.model.capture import Capture
from sayso.model.document import Document, Evidence
from sayso.model.entity import Entity
from sayso.model.reading import SCHEMA, Reading

JSON = dict[str, Any]
T = TypeVar("T")

_RENAMED: dict[tuple[type, str], str] = {(Evidence, "source"): "from"}
_CAPTURE_KEYS = (
    "record_id",
    "target_uri",
    "captured_at",
    "media_type",
    "payload_digest",
    "supersedes",
)
# Python calls these line ends too, and so do some readers of JSON Lines.
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}


_PLANS: dict[type, tuple[tuple[str, str, bool], ...]] = {}
_READERS: dict[type, tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, bool], ...]]] = {}


def _plan(cls: type) -> tuple[tuple[str, str, bool], ...]:
    """(field, key, left out when None) of a dataclass, in order. Worked out once per class."""
    if cls not in _PLANS:
        _PLANS[cls] = tuple(
            (
                f.name,
                _RENAMED.get((cls, f.name), f.metadata.get("json", f.name)),
                bool(f.metadata.get("optional")),
            )
            for f in dataclasses.fields(cls)
        )
    return _PLANS[cls]


def _reader(cls: type) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, bool], ...]]:
    """What takes all fields of an object at once, and (key, left out when None) of each."""
    plan = _plan(cls)
    take = _taker([name for name, _, _ in plan])
    _READERS[cls] = take, tuple((key, optional) for _, key, optional in plan)
    return _READERS[cls]


def _taker(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the fields of those names; `attrgetter` does it at once, from two on."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


_PLAIN = frozenset((type(None), str, int, float, bool))


def encode(value: Any) -> Any:
    """A model object as plain dicts, lists, strings and numbers."""
    cls = type(value)
    if cls in _PLAIN:
        return value
    if cls is tuple or cls is list:
        if not value:
            return []
        return [v if type(v) in _PLAIN else encode(v) for v in value]
    if cls is dict:
        return {k: encode(v) for k, v in value.items()}
    out: JSON = {}
    kind = getattr(cls, "kind", None)
    if isinstance(kind, str) and kind in KINDS:
        out["id"] = value.id
        out["kind"] = kind
    take, keys = _READERS.get(cls) or _reader(cls)
    for (key, optional), item in zip(keys, take(value), strict=True):
        if type(item) not in _PLAIN:
            out[key] = encode(item)
        elif item is not None or not optional:
            out[key] = item
    return out


def text(value: Any) -> str:
    """`encode` as JSON without spaces, in one step: what `json.dumps` would write of it, several
    times as fast."""
    cls = type(value)
    if cls is str:
        return _escaped(value)
    if value is None:
        return "null"
    if cls is tuple or cls is list:
        return "[" + ",".join([text(v) for v in value]) + "]" if value else "[]"
    if cls in _PLAIN or cls is dict:
        return _dumped(encode(value))
    return (_WRITERS.get(cls) or _writer(cls))(value)


_escaped = json.encoder.encode_basestring
_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_WRITERS: dict[type, Callable[[Any], str]] = {}


def _number(value: Any) -> str:
    """As `json` writes it: the shortest text that gives the same number back."""
    kind = type(value)
    if kind is int:
        return int.__repr__(value)
    return float.__repr__(value) if kind is float and value - value == 0.0 else text(value)


def _array(values: Any) -> str:
    if type(values) is not tuple:
        return text(values)
    if len(values) == 1:
        value = values[0]
        return f"[{(_WRITERS.get(type(value)) or text)(value)}]"
    return "[" + ",".join([(_WRITERS.get(type(v)) or text)(v) for v in values]) + "]"


_SHARED: dict[int, tuple[Any, str]] = {}


def _shared(value: Any) -> str:
    """What many objects hold the same one of (who made an annotation), written once."""
    found = _SHARED.get(id(value))
    if found is None or found[0] is not value:
        if len(_SHARED) >= 1000:
            _SHARED.clear()
        found = _SHARED[id(value)] = value, text(value)
    return found[1]


_GUESSES = (
    (("tuple[", "SaidBy"), "'[]' if X is empty else array(x)"),
    (("int",), "f'{x}' if type(X) is int else text(x)"),
    (("float",), "number(X)"),
    (("bool",), "'false' if X is False else 'true' if x is True else text(x)"),
    (("MadeBy",), "shared(X)"),
    (("Arg", "Source", "Span", "Outcome", "Acled"), "(writers.get(type(X)) or text)(x)"),
    (("",), "escaped(x) if type(X) is str else text(x)"),
)
"""How a value `x` is written, by how the type of its field begins; most are texts. A guess that is
wrong costs time alone: `text` asks each value what it is."""


def _writer(cls: type) -> Callable[[Any], str]:
    """A function that writes objects of a class, as `dataclasses` makes `__init__`: one expression
    a field, in which the most frequent values are found first."""
    fields = [(f.name, str(f.type)) for f in dataclasses.fields(cls)]
    plan = {name: (key, optional) for name, key, optional in _plan(cls)}
    kind = getattr(cls, "kind", None)
    if isinstance(kind, str) and kind in KINDS:  # `id` and `kind` come first
        pieces = ["'{\"id\":'", "text(v.id)", repr(f',"kind":"{kind}"')]
        fields = [f for f in fields if f[0] != "id"]
    elif plan[fields[0][0]][1]:  # no comma to put before what may be left out
        return lambda value: _dumped(encode(value))
    else:
        pieces = ["'{'"]
    for n, (name, type_) in enumerate(fields):
        key, optional = plan[name]
        put = ("," if n or len(pieces) > 1 else "") + _escaped(key) + ":"
        how = next(code for starts, code in _GUESSES if type_.startswith(starts))
        if optional or "None" in type_:
            none, how = "" if optional else put + "null", how.replace("X", "x")
            pieces.append(f"{none!r} if (x := v.{name}) is None else {put!r} + ({how})")
        else:
            pieces += [repr(put), how.replace("X", f"(x := v.{name})")]
    scope: dict[str, Any] = {
        "text": text, "escaped": _escaped, "number": _number, "array": _array, "empty": (),
        "shared": _shared, "writers": _WRITERS,
    }  # fmt: skip
    inner = ",\n  ".join(pieces)
    exec(f"def write(v):\n return ''.join((\n  {inner},\n  '}}'))", scope)
    _WRITERS[cls] = scope["write"]
    return _WRITERS[cls]


Builder = Callable[[Any], Any]
_BUILDERS: dict[type, tuple[tuple[str, str, Builder | None], ...]] = {}


def _builder(hint: Any) -> Builder | None:
    """What makes a value of a type out of its JSON; None where the JSON is the value. Worked out
    once per field, since asking `typing` costs more than building."""
    origin = typing.get_origin(hint)
    if origin is typing.Union or origin is types.UnionType:
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        return _builder(inner[0]) if len(inner) == 1 else None
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            each = _builder(args[0])
            if each is None:
                return tuple
            return lambda data: tuple([each(item) for item in data])
        return tuple
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda data: decode(hint, data)
    return None


def _fields(cls: type) -> tuple[tuple[str, str, Builder | None], ...]:
    if cls not in _BUILDERS:
        hints = typing.get_type_hints(cls)
        _BUILDERS[cls] = tuple((n, key, _builder(hints[n])) for n, key, _ in _plan(cls))
    return _BUILDERS[cls]


def decode(cls: type[T], data: JSON) -> T:
    """The inverse of `encode` for a known class; keys it does not know are ignored."""
    fields: JSON = {}
    for name, key, build in _BUILDERS.get(cls) or _fields(cls):
        if key in data:
            item = data[key]
            fields[name] = item if build is None or item is None else build(item)
    return cls(**fields)


def annotation_from(data: JSON) -> AnyAnnotation:
    """An annotation from its JSON. Raises KeyError for a kind that is not known."""
    return cast(AnyAnnotation, decode(KINDS[data["kind"]], data))


def capture_json(capture: Capture) -> JSON:
    """The capture as the contract prints it (never the bytes)."""
    return {key: getattr(capture, key) for key in _CAPTURE_KEYS}


def document_json(document: Document) -> JSON:
    """The document as the contract prints it; issues stand beside it, not in it."""
    out = cast(JSON, encode(document))
    out.pop("issues")
    out["text_digest"] = document.text_digest
    return out


def reading_json(reading: Reading) -> JSON:
    """One line of `sayso read --json`, as an object."""
    return {
        "schema": SCHEMA,
        "capture": capture_json(reading.capture),
        "document": document_json(reading.document),
        "entities": [encode(e) for e in reading.entities],
        "annotations": [encode(a) for a in reading.annotations],
        "issues": [encode(i) for i in reading.issues],
    }


def reading_from(data: JSON) -> Reading:
    """A reading from its JSON; the capture comes back without its bytes."""
    capture = Capture(payload=b"", **{k: data["capture"].get(k) for k in _CAPTURE_KEYS})
    issues = {"issues": data.get("issues", [])}
    return Reading(
        capture=capture,
        document=decode(Document, {**data["document"], **issues}),
        entities=tuple(decode(Entity, e) for e in data["entities"]),
        annotations=tuple(annotation_from(a) for a in data["annotations"]),
        issues=decode(Document, {**data["document"], **issues}).issues,
    )


def line(value: Any) -> str:
    """One line of JSON Lines: no line separator of any kind inside, no `\\n` at the end."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
