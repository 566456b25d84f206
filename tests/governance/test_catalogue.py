"""The English catalogue: found, kept, compiled, complete."""

import gettext

import pytest
from django.core.management import CommandError, call_command

from governance import catalogue


@pytest.fixture
def project(tmp_path, settings):
    """A small project with one module and one template."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    (tmp_path / "governance").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "governance" / "words.py").write_text(
        '_("Konto")\nngettext("%(n)d konto", "%(n)d konton", 2)\npgettext("månad", "Maj")\n_(f"inte {1}")\n',
        encoding="utf-8",
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}<c-page title=\"{% translate 'Startsida' %}\">{{ x|default:_('Inget') }}"
        "{% blocktranslate trimmed count n=2 %}\n{{ n }} sak\n{% plural %}{{ n }} saker{% endblocktranslate %}",
        encoding="utf-8",
    )
    return catalogue.path_of()


def translate(path, **translations):
    text = path.read_text(encoding="utf-8")
    for swedish, english in translations.items():
        text = text.replace(f'msgid "{swedish}"\nmsgstr ""', f'msgid "{swedish}"\nmsgstr "{english}"')
    path.write_text(text, encoding="utf-8")


def test_texts_are_found_in_python_and_in_templates(project):
    found = {text.id for text in catalogue.found() if text.id}

    assert found == {
        "Konto",
        "Maj",
        "Startsida",
        "Inget",
        ("%(n)d konto", "%(n)d konton"),
        ("%(n)s sak", "%(n)s saker"),
    }


def test_the_indents_of_a_template_mean_nothing(project, tmp_path):
    uneven = (
        "{% load i18n %}\n    {% translate 'Djupt' %}\n  {% translate 'Grunt' %}\n      {% translate 'Djupast' %}\n"
    )
    (tmp_path / "templates" / "page.html").write_text(uneven, encoding="utf-8")

    assert {"Djupt", "Grunt", "Djupast"} <= {text.id for text in catalogue.found() if isinstance(text.id, str)}


def test_an_update_keeps_translations_and_drops_what_is_gone(project, tmp_path):
    catalogue.update(project)
    translate(project, Konto="Account", Startsida="Start page")
    (tmp_path / "templates" / "page.html").unlink()

    kept = catalogue.update(project)

    assert kept.get("Konto").string == "Account"
    assert kept.get("Startsida") is None
    assert "Start page" not in project.read_text(encoding="utf-8")


def test_an_update_without_changes_writes_the_same_file(project):
    catalogue.update(project)
    once = project.read_bytes()

    catalogue.update(project)

    assert project.read_bytes() == once


def test_a_compiled_catalogue_speaks_english(project):
    catalogue.update(project)
    translate(project, Konto="Account")

    call_command("compile_catalogue")

    with project.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Konto") == "Account"


def test_a_broken_placeholder_is_named_and_nothing_is_compiled(project):
    catalogue.update(project)
    broken = project.read_text(encoding="utf-8").replace(
        'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%(m)d account"\nmsgstr[1] "%(n)d accounts"', 1
    )
    project.write_text(broken, encoding="utf-8")

    with pytest.raises(CommandError, match="other placeholders"):
        call_command("compile_catalogue")

    assert not project.with_suffix(".mo").exists()


def test_the_check_names_what_is_untranslated_fuzzy_and_gone(project):
    catalogue.update(project)
    text = project.read_text(encoding="utf-8").replace('msgid "Maj"\nmsgstr ""', 'msgid "Maj"\nmsgstr "May"')
    text = text.replace('msgctxt "månad"', '#, fuzzy\nmsgctxt "månad"')
    project.write_text(f'{text}\nmsgid "Borta"\nmsgstr "Gone"\n', encoding="utf-8")

    problems = catalogue.problems(project)

    assert "untranslated: Konto" in problems
    assert "no longer used: Borta" in problems
    assert "fuzzy: Maj" in problems


def test_where_there_is_no_catalogue_there_is_nothing_to_compile(project):
    call_command("compile_catalogue")

    assert not project.exists()


def test_the_english_catalogue_is_complete():
    call_command("check_catalogue")
