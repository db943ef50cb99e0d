"""The schema in words, for people: what a parameter or a member may be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from stemhulp.opendata.api.shapes import DIGEST, POSTCODE, SLUG

Schema = Mapping[str, Any]
FORMATS = {"date": "date, such as 2022-03-16", "date-time": "time, in UTC"}
PATTERNS = {  # in words, where there are
    SLUG: "letters, digits, - and _",
    DIGEST: "64 hexadecimal digits",
    POSTCODE: "four digits, with two letters or without",
}


@dataclass(frozen=True)
class Field:
    """A parameter, or a member of an object."""

    name: str
    kind: str  # in words
    shape: str  # the name of the shape it has, or of which it holds many; empty for none
    bounds: str
    description: SafeString
    is_required: bool
    default: str  # empty without one


@dataclass(frozen=True)
class Shape:
    name: str
    description: SafeString
    fields: tuple[Field, ...]


def shapes(schema: Schema) -> list[Shape]:
    """All shapes of the schema, by name."""
    known = schema["components"]["schemas"]
    return [
        Shape(name, prose(each.get("description", "")), members(each))
        for name, each in sorted(known.items())
    ]


def members(shape: Schema) -> tuple[Field, ...]:
    required = set(shape.get("required", ()))
    return tuple(
        field(name, each, is_required=name in required)
        for name, each in shape.get("properties", {}).items()
    )


def parameters(operation: Schema) -> tuple[Field, ...]:
    """Of the path first, in its order, then of the query."""
    ordered = sorted(operation["parameters"], key=lambda each: str(each["in"]))
    return tuple(
        field(each["name"], _given(each["schema"]), is_required=each["required"])
        for each in ordered
    )


def _given(schema: Schema) -> Schema:
    """A parameter can be left out, and so need not be null."""
    others = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    return {**schema, "anyOf": others} if others else schema


def field(name: str, schema: Schema, *, is_required: bool) -> Field:
    default = schema.get("default")
    return Field(
        name=name,
        kind=kind(schema),
        shape=shape_of(schema),
        bounds=bounds(schema),
        description=prose(schema.get("description", "")),
        is_required=is_required,
        default="" if default is None or isinstance(default, (dict, list)) else str(default),
    )


def kind(schema: Schema) -> str:
    """What it is, in a few words."""
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"])
    if "allOf" in schema:
        return kind(schema["allOf"][0])
    if "$ref" in schema:
        return _name(schema)
    if "enum" in schema:
        return "one of " + ", ".join(str(each) for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'])}"
    if schema.get("type") == "object":
        inner = _values(schema)
        return f"object of {kind(inner)}" if inner else "object"
    return FORMATS.get(schema.get("format", ""), str(schema.get("type", "anything")))


def shape_of(schema: Schema) -> str:
    """The shape that a link leads to, wherever it stands in this."""
    if "$ref" in schema:
        return _name(schema)
    inner = [*schema.get("anyOf", ()), *schema.get("allOf", ())]
    inner += filter(None, [schema.get("items"), _values(schema)])
    found = [shape_of(each) for each in inner]
    return next(filter(None, found), "")


def bounds(schema: Schema) -> str:
    """How large or long it may be."""
    least, most = schema.get("minimum"), schema.get("maximum")
    said = []
    if least is not None and most is not None:
        said.append(f"{least} to {most}")
    elif least is not None:
        said.append(f"{least} or more")
    if "maxLength" in schema:
        said.append(f"at most {schema['maxLength']} characters")
    if "pattern" in schema:
        said.append(PATTERNS.get(schema["pattern"], f"as {schema['pattern']}"))
    said += [f"at most {schema[name]}" for name in ("maxItems", "maxProperties") if name in schema]
    inner = [bounds(each) for each in schema.get("anyOf", ())]
    inner += [bounds(each) for each in (schema.get("items"), _values(schema)) if each]
    return "; ".join([*said, *filter(None, inner)])


def _values(schema: Schema) -> Schema | None:
    """What each member of an object is, where all are alike, whatever their names."""
    named = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
    return next((each for each in named if isinstance(each, Mapping)), None)


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def prose(text: str) -> SafeString:
    """A description in HTML: what stands between backticks is code."""
    return SafeString(re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text)))
