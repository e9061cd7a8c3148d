"""Imports run one way inside a noun, too (docs/architecture.md); wings and nouns are import-linter's."""

import grimp
import pytest

# A noun's files, low to high. Every other name is a concern: what it does, in one word.
FILES = [
    "registry", "models", "permissions", "a concern", "actions", "kinds", "maintenance",
    "forms", "views", "feeds", "urls", "admin",
]  # fmt: skip
CONCERNS_OF_ONE_NOUN = 10
NO_NOUNS = ("forums.base", "forums.text", "forums.demo", "forums.management", "forums.migrations")
WIRING = ("forums.apps", "forums.models", "forums.urls", "forums.admin")


@pytest.fixture(scope="module")
def nouns() -> dict[str, dict[str, set[str]]]:
    """Each noun's files, each with the files of the same noun that it imports."""
    graph = grimp.build_graph("forums", exclude_type_checking_imports=True)
    found: dict[str, dict[str, set[str]]] = {}
    for module in sorted(graph.modules):
        noun, _, file = module.rpartition(".")
        if graph.find_children(module) or module.startswith(NO_NOUNS) or noun in ("", "forums"):
            continue
        imported = graph.find_modules_directly_imported_by(module)
        beside = {each.rpartition(".")[2] for each in imported if each.rpartition(".")[0] == noun}
        found.setdefault(noun, {})[file] = beside
    return found


def layer(file: str) -> int:
    return FILES.index(file if file in FILES else "a concern")


def test_a_file_imports_what_stands_below_it_in_its_noun(nouns):
    climbs = [
        f"{noun}: {file} imports {other}"
        for noun, files in nouns.items()
        for file, beside in files.items()
        for other in beside
        if layer(other) > layer(file) or (layer(other) == layer(file) and file in FILES)
    ]
    assert climbs == []


def test_concerns_of_a_noun_do_not_import_each_other_in_a_circle(nouns):
    for noun, files in nouns.items():
        left = {
            file: {each for each in beside if each not in FILES} for file, beside in files.items()
        }
        left = {file: beside for file, beside in left.items() if file not in FILES}
        while free := [file for file, beside in left.items() if not beside & left.keys()]:
            for file in free:
                del left[file]
        assert not left, f"{noun}: {sorted(left)}"


def test_a_noun_has_few_concerns(nouns):
    many = {noun: sorted(files.keys() - set(FILES)) for noun, files in nouns.items()}
    assert {noun: files for noun, files in many.items() if len(files) > CONCERNS_OF_ONE_NOUN} == {}


def test_a_noun_knows_nothing_of_the_nouns_it_holds():
    graph = grimp.build_graph("forums", exclude_type_checking_imports=True)
    inwards = [
        f"{module} imports {imported}"
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.startswith(f"{module.rpartition('.')[0]}.") and module not in WIRING
        if imported.rpartition(".")[0] != module.rpartition(".")[0]
        if not module.startswith(NO_NOUNS)
    ]
    assert inwards == []


def test_nothing_imports_the_wiring():
    graph = grimp.build_graph("accounts", "forums", "roypalang")
    for wiring in WIRING[1:]:
        assert not graph.find_modules_that_directly_import(wiring)
