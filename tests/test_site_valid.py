"""Our own site, as it is built: valid HTML, and no link that leads nowhere."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import config
from pipeline.stages import again
from pipeline.store import Store
from tests.test_site import CRAMP, SV, broken, magnesium, rendered, site

ROOT = Path(__file__).parent.parent


CHECKER = ROOT / ".ci" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
"""The Nu HTML checker, where `npm ci --prefix .ci --ignore-scripts` puts it."""
MORE = """
### Part *with* `code` {#part}

> A quote.

1. first
   - nested

     with a paragraph

![A cat](https://a.example/cat.png "The caption")

::: tip
- a tip
:::

::: sv
Ett stycke på svenska.[^2]
:::

[^2]: Another note.

    With two paragraphs.

***

```python
x = 1
```

Water<br>and <kbd>raw</kbd> ~~markup~~.
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own articles, built into a folder of their own."""
    root = tmp_path_factory.mktemp("own")
    for name in ("source_texts", "locale", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "tvilling.toml", root)
    with Store.in_memory() as store:
        again.build(config.read(root), store)
    return root / "public"


def test_no_link_of_our_own_site_leads_nowhere(public: Path) -> None:
    base = config.read(public.parent).site.base
    files = {
        path.relative_to(public).as_posix(): path.read_text("utf-8")
        if path.suffix == ".html"
        else path.read_bytes()
        for path in public.rglob("*")
        if path.is_file()
    }
    assert len(files) > 50
    assert broken(files, base) == []


@pytest.mark.skipif(
    not (CHECKER.exists() and shutil.which("java")),
    reason="the Nu HTML checker is not installed: npm ci --prefix .ci --ignore-scripts",
)
def test_the_nu_html_checker_finds_nothing(public: Path, tmp_path: Path) -> None:
    """In our own pages, and where every state occurs at every kind of place."""
    some = {text: SV[text] for text in ("title", "one", "Nuts", "Call 112.", "What helps", "mg", "A note.")}
    for name, targets, drafted in (("some", some, list(some)), ("none", {}, []), ("all", SV, [])):
        article = rendered(CRAMP + MORE, "cramp", targets, drafted)
        for path, content in site().build([article, magnesium()]).items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
    command = ["java", "-jar", str(CHECKER), "--skip-info-messages", "--skip-non-html",
               "--also-check-css", "--also-check-svg", str(public), str(tmp_path)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stderr[-3000:], done.returncode) == ("", 0)  # warnings leave the code at 0
