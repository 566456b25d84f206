"""Who a policy speaks of. What they are called is the policy's word; these are the product's own words for them."""

from typing import Literal, TypeAlias

from governance.policy.marks import N_

RoleKey: TypeAlias = Literal[
    "communications_officer",
    "manager",
    "employee",
    "registrar",
    "security_coordinator",
    "auditor",
    "system_administrator",
]
DutyKey: TypeAlias = Literal["proposer", "administrator", "page_owner", "editor", "operator", "responsible", "deputy"]
OfficeKey: TypeAlias = Literal[
    "communications_unit",
    "municipal_director",
    "sector_manager",
    "department_manager",
    "unit_manager",
    "unit",
    "official",
    "webmaster",
    "lawyer",
    "city_archive",
    "it_department",
    "crisis_group",
    "executive_board",
    "human_resources",
]
ActorKey: TypeAlias = RoleKey | DutyKey | OfficeKey

# In lower case, as they stand in a sentence.
WORDS: dict[str, str] = {
    "communications_officer": N_("kommunikatör"),
    "manager": N_("chef"),
    "employee": N_("medarbetare"),
    "registrar": N_("registrator"),
    "security_coordinator": N_("säkerhetssamordnare"),
    "auditor": N_("revisor"),
    "system_administrator": N_("systemadministratör"),
    "proposer": N_("förslagsställare"),
    "administrator": N_("administratör"),
    "page_owner": N_("sidansvarig"),
    "editor": N_("redaktör"),
    "operator": N_("den som sköter kontot dagligen"),
    "responsible": N_("ansvarig"),
    "deputy": N_("ersättare"),
    "communications_unit": N_("kommunikationsenheten"),
    "municipal_director": N_("kommundirektör"),
    "sector_manager": N_("sektorschef"),
    "department_manager": N_("förvaltningschef"),
    "unit_manager": N_("enhetschef"),
    "unit": N_("verksamheten"),
    "official": N_("tjänsteman"),
    "webmaster": N_("webbansvarig"),
    "lawyer": N_("jurist"),
    "city_archive": N_("arkivet"),
    "it_department": N_("IT-avdelningen"),
    "crisis_group": N_("krisledningen"),
    "executive_board": N_("kommunstyrelsen"),
    "human_resources": N_("HR"),
}
# Which role in the product acts for an office that the product has no role of its own for.
ACTS_AS: dict[str, str] = {
    "communications_unit": "communications_officer",
    "webmaster": "communications_officer",
    "crisis_group": "communications_officer",
    "municipal_director": "manager",
    "sector_manager": "manager",
    "department_manager": "manager",
    "unit_manager": "manager",
    "unit": "manager",
    "official": "employee",
}
