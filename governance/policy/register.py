"""The register: which accounts there are, what they are for, and who answers for them."""

from typing import Annotated

from pydantic import Field

from governance.policy.base import Demand, Items, Section, Stated, Text, Yes
from governance.policy.people import ActorKey
from governance.policy.scope import AccountKind, AccountUse


class PublicList(Stated):
    """The list of official accounts on the website, who keeps it and where."""

    who: ActorKey | None
    address: Text | None


class PlatformsNamed(Stated):
    """The platforms the document names; open where others are meant too."""

    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    others_too: Yes


class Use(Stated):
    """Something social media are used for."""

    key: AccountUse
    label: Text


class Register(Section):
    """What the document says of keeping track of accounts."""

    internal: Demand | None
    public_list: PublicList | None
    reachable_from_website: Demand | None
    platforms: PlatformsNamed | None
    uses: Items[Use]
    document_kinds: Demand | None
    in_document_plan: Demand | None
    ownership: Demand | None
    several_publishers: Demand | None
    external_links: Demand | None


class Answerer(Stated):
    """Who answers for accounts of these kinds, and who does the daily work."""

    account_kinds: Annotated[tuple[AccountKind, ...], Field(min_length=1)]
    who: ActorKey
    daily: ActorKey | None


class Responsibility(Section):
    """Who decides, who answers, who advises."""

    answerers: Items[Answerer]
    decides_use: Demand | None
    content: Demand | None
    own_posts: Demand | None
    ultimate: Demand | None
    coordination: Demand | None
    breach: Demand | None
