#!/usr/bin/env python3
"""docs/protocol.md names every message, command and test id that there is, and no test id that there is not; nor do the
end-to-end scripts. usage: protocol_test.py SOURCE_DIR"""
import re
import sys
from pathlib import Path

source = Path(sys.argv[1])
text = (source / "docs/protocol.md").read_text()
pages = "\n".join(file.read_text() for file in (source / "web/src").rglob("*.svelte"))
ids = set(re.findall(r'data-testid="([^"{]+)"', pages))
missing = sorted(i for i in ids if f"`{i}`" not in text)
wire = (source / "src/core/views/wire.h").read_text() + (source / "src/core/command.h").read_text()
variants = re.findall(r"using (?:Client|Server|Command)Kinds =\s*std::variant<([^>]+)>", wire)
names = {name.strip() for variant in variants for name in variant.split(",")}
missing += sorted(name for name in names if not re.search(rf"\b{name}\b", text))
# Some are made of a value (step-{status}) or handed to a part: any word of the pages that stands in quotes will do.
made = [re.sub(r"\\{[^}]*\\}", r"[\\w-]+", re.escape(each)) for each in re.findall(r'data-testid="([^"]*\{[^"]*)"', pages)]
quoted = set(re.findall(r"""["'`]([\w-]+)["'`]""", pages))


def is_there(test_id):
    return test_id in quoted or f'"{test_id}"' in pages or any(re.fullmatch(pattern, test_id) for pattern in made)


table = re.sub(r"\([^()]*\)", "", text[text.index("## Test ids"):])  # in brackets: what else they carry
named = {each for row in re.findall(r"^\|[^|]*\|([^|]*)\|$", table, re.M) for each in re.findall(r"`([^`]+)`", row)}
used = {each for file in (source / "tests").rglob("*.mjs")
        for each in re.findall(r"\b(?:at|press|appears)\(\s*[\w.]+,\s*'([^']+)'\s*\)", file.read_text())}
nowhere = sorted(each for each in named | used if not is_there(each))
if min(len(ids), len(named), len(used)) < 50 or len(names) < 30:
    sys.exit(f"only {len(ids)}, {len(named)}, {len(used)} test ids and {len(names)} messages found: this test looks in the wrong place")
if missing:
    sys.exit("docs/protocol.md does not speak of: " + ", ".join(missing))
if nowhere:
    sys.exit("no page has the test ids that docs/protocol.md or an end-to-end script names: " + ", ".join(nowhere))
