"""What is wrong with a policy file, said so that the person who wrote it can mend it."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from governance.policy.base import NOT_STATED
from governance.policy.characters import made_visible

KeyPath = tuple[int | str, ...]

LONGEST_VALUE_SHOWN = 60
EXPECTED = {
    "missing": f'att nyckeln finns ("{NOT_STATED}" om dokumentet inte säger något)',
    "int_type": "ett heltal",
    "bool_type": "true eller false",
    "string_type": "en text",
    "string_too_short": "en text som inte är tom",
    "string_too_long": "högst {max_length} tecken",
    "string_pattern_mismatch": "en text utan mellanslag i kanterna (i en nyckel bara a-z, 0-9 och _)",
    "tuple_type": "en lista",
    "dict_type": "en tabell",
    "model_type": "en tabell",
    "model_attributes_type": "en tabell",
    "too_short": "minst ett värde i listan",
}


class PolicyRefused(Exception):
    """The file cannot be loaded. `problems` holds every reason as "fil: nyckel: väntade ..., fick ..."."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def sentence(name: str, path: KeyPath, expected: str, got: str) -> str:
    """One reason, on one line: what the file holds of hidden characters is told, not obeyed."""
    return made_visible(f"{name}: {dotted(path)}: väntade {expected}, fick {got}")


def dotted(path: KeyPath) -> str:
    """ "plan.points[3].clause": list items are counted from one, as people count."""
    shown = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return shown.lstrip(".") or "filen"


def shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    if value is None:
        return f'"{NOT_STATED}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "en tabell"
    if isinstance(value, list | tuple):
        return f"en lista med {len(value)} värden"
    if isinstance(value, date | time):
        return value.isoformat()
    text = f'"{made_visible(value)}"' if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_VALUE_SHOWN else text[:LONGEST_VALUE_SHOWN] + "…"


def of_error(name: str, error: ErrorDetails, model: type[BaseModel]) -> str:
    """One error of the schema as a sentence."""
    path = error["loc"]
    if error["type"] == "extra_forbidden":
        return sentence(name, path, _known_keys(model, path), "en okänd nyckel")
    got = "ingenting" if error["type"] == "missing" else shown(error["input"])
    return sentence(name, path, _expected(error), got)


def _expected(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "expected":
            return str(context["what"])
        case "literal_error":
            return str(context["expected"]).replace("'", '"').replace(" or ", " eller ")
        case "greater_than_equal":
            return f"minst {context['ge']}"
        case "less_than_equal":
            return f"högst {context['le']}"
    return EXPECTED.get(error["type"], "något annat").format_map(context)


def _known_keys(model: type[BaseModel], path: KeyPath) -> str:
    known = keys_at(model, path[:-1])
    near = get_close_matches(str(path[-1]), known, n=1)
    return f'en känd nyckel (menas "{near[0]}"?)' if near else f"någon av nycklarna {', '.join(known)}"


def keys_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys of the table that stands at a path, as they are written in a file."""
    for step in path:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if isinstance(step, str) and step in fields:
            model = next(models_in(fields[step].annotation), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation speaks of, however deep in lists and silences."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)
