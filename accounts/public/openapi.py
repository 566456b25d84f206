"""The open data described for programs: OpenAPI 3.1."""

from typing import Any

from django.conf import settings

from accounts.models import Account
from accounts.models.account import HIDDEN_KINDS, RUNNING
from accounts.platforms.recognition import ADDRESS, CLOSED, HANDLE, LOOKS_LIKE, LOST, NAME, NOTHING, OFFICIAL, UNKNOWN
from accounts.public.data import COLUMNS, DAYS, LICENCE
from governance import __version__

VERSION = "3.1.0"
TEXT = {"type": "string"}
PERHAPS_TEXT = {"type": ["string", "null"]}
DAY = {"type": ["string", "null"], "format": "date"}
LINK = {"type": "string", "format": "uri"}
CODES: dict[str, list[str]] = {
    "kind": [str(kind) for kind in Account.Kind.values if kind not in HIDDEN_KINDS],
    "status": [str(status) for status in (*RUNNING, Account.Status.LOST, Account.Status.CLOSED)],
    "access": ["open", "locked"],
}
LINKS = ("page_sv", "page_en")


def document() -> dict[str, Any]:
    """Answer the description of every address under /oppna-data/."""
    return {
        "openapi": VERSION,
        "info": {
            "title": "Officiella konton i sociala medier",
            "summary": "The municipality's official social media accounts",
            "description": "No key is needed. Ask with If-None-Match: what has not changed is answered with 304.",
            "version": __version__,
            "license": {"name": "CC0 1.0", "url": LICENCE},
        },
        "servers": [{"url": settings.BASE_URL}],
        "paths": {
            "/oppna-data/konton.json": _file("accounts", "All accounts", "application/json", _reference("Register")),
            "/oppna-data/konton.csv": _file("accountsAsCsv", "All accounts as CSV", "text/csv", TEXT),
            "/oppna-data/konton.jsonld": _file(
                "accountsAsLinkedData", "schema.org", "application/ld+json", {"type": "object"}
            ),
            "/oppna-data/handelser.atom": _file("changes", "Changes as Atom", "application/atom+xml", TEXT),
            "/oppna-data/dcat.rdf": _file("catalogue", "DCAT-AP-SE", "application/rdf+xml", TEXT),
            "/oppna-data/kontroll.json": {"get": _check()},
        },
        "components": {"schemas": _schemas()},
    }


def _file(name: str, summary: str, media: str, schema: dict[str, Any]) -> dict[str, Any]:
    answers = {
        "200": {"description": "As it is now", "content": {media: {"schema": schema}}},
        "304": {"description": "Not changed since the ETag that was sent"},
    }
    return {"get": {"operationId": name, "summary": summary, "responses": answers}}


def _check() -> dict[str, Any]:
    said = {"application/json": {"schema": _reference("Answer")}}
    wrong = {"application/json": {"schema": _reference("Error")}}
    asked = {"name": "q", "in": "query", "required": True, "schema": {"type": "string", "maxLength": 500}}
    return {
        "operationId": "check",
        "summary": "Is this account official?",
        "parameters": [{**asked, "description": "A link in any form, a handle, or a name"}],
        "responses": {
            "200": {"description": "What the register says", "content": said},
            "400": {"description": "Nothing was asked", "content": wrong},
            "429": {"description": "Asked too often", "content": wrong},
        },
    }


def _schemas() -> dict[str, Any]:
    account = {name: _column(name) for name in COLUMNS}
    references = {"type": "array", "items": _reference("Reference")}
    return {
        "Account": _whole(account),
        "Register": _whole(
            {
                "municipality": TEXT,
                "website": PERHAPS_TEXT,
                "licence": LINK,
                "accounts": {"type": "array", "items": _reference("Account")},
            }
        ),
        "Reference": _whole(
            {
                "id": {"type": "integer"},
                "name": TEXT,
                "platform": TEXT,
                "address": PERHAPS_TEXT,
                "status": {"enum": CODES["status"]},
                "page": LINK,
            }
        ),
        "Answer": _whole(
            {
                "answer": {"enum": [OFFICIAL, CLOSED, LOST, LOOKS_LIKE, UNKNOWN]},
                "read_as": {"enum": [ADDRESS, HANDLE, NAME, NOTHING]},
                "platform": PERHAPS_TEXT,
                "canonical": PERHAPS_TEXT,
                "account": {"anyOf": [_reference("Reference"), {"type": "null"}]},
                "similar": references,
            }
        ),
        "Error": _whole({"error": TEXT}),
    }


def _column(name: str) -> dict[str, Any]:
    if name == "id":
        return {"type": "integer"}
    if name in CODES:
        return {"enum": CODES[name]}
    if name in DAYS:
        return DAY
    return LINK if name in LINKS else TEXT


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
