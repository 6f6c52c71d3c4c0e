#!/usr/bin/env python3
"""docs/protocol.md names every message, command and test id that there is. usage: protocol_test.py SOURCE_DIR"""
import re
import sys
from pathlib import Path

source = Path(sys.argv[1])
text = (source / "docs/protocol.md").read_text()
ids = set()
for file in (source / "web/src").rglob("*.svelte"):
    ids |= set(re.findall(r'data-testid="([^"{]+)"', file.read_text()))
missing = sorted(i for i in ids if f"`{i}`" not in text)
wire = (source / "src/core/views/wire.h").read_text() + (source / "src/core/command.h").read_text()
variants = re.findall(r"using (?:Client|Server|Command)Kinds =\s*std::variant<([^>]+)>", wire)
names = {name.strip() for variant in variants for name in variant.split(",")}
missing += sorted(name for name in names if not re.search(rf"\b{name}\b", text))
if len(ids) < 50 or len(names) < 30:
    sys.exit(f"only {len(ids)} test ids and {len(names)} messages found: this test looks in the wrong place")
if missing:
    sys.exit("docs/protocol.md does not speak of: " + ", ".join(missing))
