"""Answers: how soon, by whom, signed how, passed on to whom, and what goes to the diary."""

from typing import Literal

from governance.policy.base import Deadline, Demand, Items, Section, Slug, Stated, Text, Yes
from governance.policy.people import ActorKey

SignaturePart = Literal["name", "title", "unit", "logo", "greeting"]


class Reply(Stated):
    """When an answer is due. `speed` is the document's own word where it gives no number."""

    within: Deadline | None
    speed: Text | None
    from_plan: Yes


class FirstReply(Stated):
    """A first sign that the question has been seen, before the answer itself."""

    within: Deadline


class PassingOn(Stated):
    """A question that somebody else must answer: told within, answered within, told where, followed how."""

    tell_within: Deadline | None
    answer_within: Deadline | None
    to: Text
    tell_in_thread: Yes | None
    tell_how_to_follow: Yes | None


class SignatureRule(Stated):
    """Whether a text is signed, with what, and in whose name."""

    signed: Yes
    parts: tuple[SignaturePart, ...]
    of: Literal["whose answer it is", "unit"] | None
    reason: Text | None


class NotAnswered(Stated):
    """Something that gets no ordinary answer, and what is done instead."""

    key: Slug
    what: Text
    instead: Text


class ResponseAid(Stated):
    """The aid for choosing how to respond: its title and where it comes from."""

    title: Text
    source: Text


class Answering(Section):
    """What the document says of answering."""

    duty: Demand | None
    reply: Reply | None
    first_reply: FirstReply | None
    first_assignee: Demand | None
    best_informed: Demand | None
    handled_by: Demand | None
    passing_on: PassingOn | None
    post_signature: SignatureRule | None
    reply_signature: SignatureRule | None
    not_answered: Items[NotAnswered]
    courteous: Demand | None
    corrections: Demand | None
    follow_up: Demand | None
    individual_cases: Demand | None
    authority_and_advice: Demand | None
    comments_kept_open: Demand | None
    aid: ResponseAid | None


class DiaryRule(Stated):
    """What goes to the diary, the registrar or the case it concerns, with what, when, by whom and in which system."""

    key: Slug
    what: Text
    to: Literal["diary", "registrar", "case"]
    with_answer: Yes | None
    when: Text | None
    who: ActorKey | None
    system: Text | None


class Diary(Section):
    """Public documents: what is registered, what is merely kept in order, who hands out."""

    rules: Items[DiaryRule]
    public: Demand | None
    running_conversation: Demand | None
    kept_in_order: Demand | None
    trivial: Demand | None
    visible: Demand | None
    doubt: Demand | None
    disclosure: Demand | None
    promptness: Demand | None
    who_wrote: Demand | None
    received_or_drawn_up: Demand | None
