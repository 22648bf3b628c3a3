"""Opens one page in Chromium and says what axe finds: a process of its own, beside whatever browser tests run."""

import json
import os
import shutil
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SIZES = ((1280, 800), (360, 640))
THEMES = ("light", "dark")
SCREENS = os.environ.get("CETING_SCREENS")


def main(page_path: Path) -> None:
    """Print one JSON object: for each size and theme the violations and the width that the page takes."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("no chromium on this machine")
    found: dict[str, dict[str, object]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for theme in THEMES:
            for width, height in SIZES:
                page = browser.new_page(color_scheme=theme, viewport={"width": width, "height": height})
                page.goto(page_path.resolve().as_uri())
                page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
                violations = Axe().run(page, options=WCAG).response["violations"]
                found[f"{width} {theme}"] = {
                    "violations": [
                        (violation["id"], violation["nodes"][0]["html"]) for violation in violations
                    ],
                    "width": page.evaluate("document.documentElement.scrollWidth"),
                }
                if SCREENS:
                    folder = Path(SCREENS) / "survey"
                    folder.mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=folder / f"report-{width}-{theme}.png")
                page.close()
        browser.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
