"""Every purpose for which the house reads somebody has words for her."""

import ast
from collections.abc import Iterator
from pathlib import Path

from ceting.registry.rights.purposes import PURPOSES

SOURCE = Path(__file__).parents[3]


def functions_that_read(tree: ast.Module) -> dict[str, int]:
    """Functions that hand their own parameter on to `record_read(purpose=...)` -> the parameter's position."""
    found = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            names = [each.arg for each in (*function.args.args, *function.args.kwonlyargs)]
            for purpose in purposes_in(function):
                if isinstance(purpose, ast.Name):
                    found[function.name] = names.index(purpose.id)
    return found


def purposes_in(tree: ast.AST) -> Iterator[ast.expr]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "record_read":
            yield from (keyword.value for keyword in call.keywords if keyword.arg == "purpose")


def purposes(path: Path) -> Iterator[str]:
    """What stands in the file: said at the call, or handed to a function of the same file that reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    readers = functions_that_read(tree)
    for purpose in purposes_in(tree):
        if isinstance(purpose, ast.Constant):
            yield str(purpose.value)
        else:
            assert isinstance(purpose, ast.Name), f"{path}: a purpose that can't be read off"
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in readers:
            given = [*call.args, *(each.value for each in call.keywords if each.arg == "purpose")]
            said = [each.value for each in given if isinstance(each, ast.Constant)]
            assert said, f"{path}: a purpose that can't be read off"
            yield str(said[-1])


def test_every_purpose_has_words_and_no_words_are_left_behind() -> None:
    found = {
        purpose
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and path.parent.name != "audit"
        for purpose in purposes(path)
    }
    assert {"search", "growth"} <= found
    assert found == set(PURPOSES)
