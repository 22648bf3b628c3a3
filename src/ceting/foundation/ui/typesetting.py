"""From a typst template beside an app's code to a PDF, with what the wheel itself carries."""

import json
from importlib.resources import files

import typst


def typeset(app: str, name: str, words: object, **drawings: str) -> bytes:
    """The PDF of `typeset/<name>.typ` in `app`. The template reads `words` as JSON and each drawing by its name.

    Raises typst.TypstError when the template is broken.
    """
    template = files(app).joinpath(f"typeset/{name}.typ").read_bytes()
    found = typst.compile(
        template,
        # Only the wheel's own typefaces: the same page on every machine, and nothing to install or download.
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(words, ensure_ascii=False), **drawings},
    )
    if not isinstance(found, bytes):
        raise TypeError(f"{name} isn't one document")
    return found
