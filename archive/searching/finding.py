"""From a question to the records that answer it, best first; only among those the caller may show.

What the caller hands in has passed both gates (`access.visible` and `secrecy.open_to`): neither a hit, nor a count,
nor a suggestion comes from anything else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)

from archive.models import Record, RecordText
from archive.searching import forms
from archive.searching.asking import Question, Term
from archive.searching.forms import Forms

# More than these are shown the latest first: to weigh each of them would take longer than anybody reads.
RANKED = 2000
LATEST = ("-made_at", "-pk")
# So many hits are named by their keys; more are looked up once more, by a question of their own (`ALL` keeps it apart).
NAMED, ALL = 5000, 2**31
COSTS = {"cpu_operator_cost": 0.1, "enable_seqscan": "off", "max_parallel_workers_per_gather": 0, "jit": "off"}


@dataclass(frozen=True)
class Wanted:
    """A question with the forms of its words looked up."""

    question: Question
    known: dict[str, Forms] = field(default_factory=dict)

    @property
    def every(self) -> str:
        """Answer what a record must hold, and what not, as PostgreSQL writes a question; empty without the former."""
        asked = ["(" + " | ".join(map(self.term, group)) + ")" for group in self._telling()]
        return " & ".join([*asked, f"!({self.excluded})"] if asked and self.excluded else asked)

    @property
    def nearest(self) -> str:
        """Answer what hits are ranked by."""
        return " | ".join(self.term(term, nearest=True) for group in self._telling() for term in group)

    @property
    def excluded(self) -> str:
        """Answer what a record must not hold."""
        return " | ".join(map(self.term, self.question.excluded))

    def term(self, term: Term, *, nearest: bool = False) -> str:
        """Answer one term as PostgreSQL writes it."""
        if term.is_word:
            known = self.known[term.words[0]]
            return known.nearest if nearest else known.every
        side_by_side = " <-> ".join(f"'{word}'" for word in term.words)
        return (
            f"({side_by_side})" if term.exact or len(term.words[-1]) < forms.SHORTEST_PREFIX else f"({side_by_side}:*)"
        )

    def _telling(self) -> list[tuple[Term, ...]]:
        """Answer the groups that tell records apart: not "och", where anything else is asked for."""
        every = list(self.question.groups)
        return [group for group in every if not all(map(self._is_stop, group))] or every

    def _is_stop(self, term: Term) -> bool:
        return term.is_word and self.known[term.words[0]].is_stop


class Matches(Func):
    """Whether an index holds what a question asks for."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class Rank(Func):
    """How well an index answers a question; a long text does not win by its length."""

    function = "ts_rank"
    template = "%(function)s(%(expressions)s::tsquery, 1)"
    output_field = FloatField()


def wanted(question: Question, *, similar: bool = False) -> Wanted:
    """Look up the forms of a question's words; `similar`: with other spellings."""
    terms = [*(term for group in question.groups for term in group), *question.excluded]
    return Wanted(question, forms.of((term.words[0] for term in terms if term.is_word), similar=similar))


def hits(records: QuerySet[Record], asked: Wanted) -> QuerySet[Record]:
    """Answer those of the records that answer the question, in no order; all of them where nothing is asked.

    What is held is looked up at once, by the index alone: few enough are then named, so that the rest goes by them.
    """
    if not asked.every:
        return records.exclude(pk__in=_holding(asked.excluded)) if asked.excluded else records
    holding = _holding(asked.every)
    with by_index():
        keys = list(holding.values_list("pk", flat=True))
    return records.filter(pk__in=keys if len(keys) <= NAMED else holding[:ALL])


def best_first(found: QuerySet[Record], asked: Wanted) -> QuerySet[Record]:
    """Order hits by how well they answer, the latest first among equals; so many that none reads them, the latest.

    Each has in `total` how many there are: the index is gone through once for both.
    """
    found = found.annotate(total=Window(Count("*")))
    if not asked.every:
        return found.order_by(*LATEST)
    indexed = RecordText.objects.filter(pk=OuterRef("pk"))
    rank = Subquery(indexed.values(rank=Rank(F("vector"), Value(asked.nearest))), output_field=FloatField())
    weighed = Case(When(total__lte=RANKED, then=rank), default=None, output_field=FloatField())
    return found.order_by(weighed.desc(nulls_last=True), *LATEST)


@contextmanager
def by_index() -> Iterator[None]:
    """Tell the database, inside, what it does not know: that to compare a long text it must unpack it first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"set local {name} = {value}" for name, value in COSTS.items()))
        yield
        cursor.execute("; ".join(f"set local {name} to default" for name in COSTS))


def _holding(asked: str) -> QuerySet[Any, Any]:
    return RecordText.objects.filter(Matches(F("vector"), Value(asked))).order_by().values("pk")


def corrected(records: QuerySet[Record], question: Question) -> Question | None:
    """Answer the question with what is in no record spelt as in one; None where there is nothing like it."""
    groups = tuple(tuple(_corrected(records, term) for term in group) for group in question.groups)
    better = Question(groups, question.excluded)
    return better if better != question else None


def _corrected(records: QuerySet[Record], term: Term) -> Term:
    if not term.is_word or _occurs(records, term):
        return term
    like = (Term((word,)) for word in forms.spelt_like(term.words[0]))
    return next((other for other in like if _occurs(records, other, exact=True)), term)


def _occurs(records: QuerySet[Record], term: Term, *, exact: bool = False) -> bool:
    question = Question(((Term(term.words, exact=exact or term.exact),),))
    # Counted: to look for just one, the database would walk the records instead of the index.
    with by_index():
        return hits(records, wanted(question)).count() > 0
