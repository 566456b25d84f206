"""The words of the public pages: deadlines as one says them, and rules in either language."""

import pytest
from django.utils.translation import override

from accounts.public.house_rules import GROUNDS, SPEEDS
from accounts.public.words import in_words, translated
from governance.policy.reader import read, shipped
from governance.policy.schema import Deadline


@pytest.mark.parametrize("key", sorted(shipped()))
def test_what_the_shipped_policies_say_to_the_public_can_be_translated(key):
    policy = read(shipped()[key].read_text(encoding="utf-8"), key)
    chapters = [policy.removal, *(changed["removal"] for _match, changed in policy.exceptions if "removal" in changed)]
    answers = [
        policy.answering,
        *(changed["answering"] for _match, changed in policy.exceptions if "answering" in changed),
    ]

    said = {ground.label for chapter in chapters for ground in chapter.grounds}
    speeds = {answer.reply.speed for answer in answers if answer.reply and answer.reply.speed}

    assert said <= set(GROUNDS)
    assert speeds <= set(SPEEDS)


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (Deadline(count=1, unit="working days"), "inom 1 arbetsdag"),
        (Deadline(count=2, unit="working days"), "inom 2 arbetsdagar"),
        (Deadline(count=1, unit="next working day"), "senast nästa arbetsdag"),
        (Deadline(count=48, unit="hours", weekends="count"), "inom 48 timmar"),
        (Deadline(count=1, unit="hours", weekends="pause"), "inom 1 timme, helger oräknade"),
    ],
)
def test_a_deadline_is_said_as_one_says_it(deadline, words):
    assert in_words(deadline) == words


def test_a_rule_in_the_catalogue_is_said_in_english_and_another_stays_swedish_and_is_marked():
    with override("en"):
        known, own = translated("olaga hot"), translated("lutfisk på fel dag")

    assert (known.text, known.language) == ("Unlawful threat", "en")
    assert (own.text, own.language) == ("Lutfisk på fel dag", "sv")
