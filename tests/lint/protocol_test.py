#!/usr/bin/env python3
"""docs/protocol.md is compared with the code. Each message, command, card and test id stands there and nothing else: a
message and a command with its fields, a command with who may ask (the matrix of access_test.cpp) and what it may be
refused with (what its decision says), a card with its fields and their types (messages.gen.ts), a value with all that
it may be. End-to-end scripts name only test ids that a page has. usage: protocol_test.py SOURCE_DIR"""
import re
import sys
from pathlib import Path

source = Path(sys.argv[1])
page = (source / "docs/protocol.md").read_text()
core = {file: file.read_text() for file in sorted((source / "src/core").rglob("*.*")) if file.suffix in (".h", ".cpp")}
wrong = []


def named(file):
    return next(text for path, text in core.items() if path.name == file)


def found(what, things, least):
    if len(things) < least:
        sys.exit(f"only {len(things)} {what} found: this test looks in the wrong place")
    return things


def differs(where, here, there):
    """`here`: what the page says; `there`: what the code says."""
    wrong.extend(f"{where}: the code has {each}" for each in there if each not in here)
    wrong.extend(f"{where}: the code has no {each}" for each in here if each not in there)


def section(title):
    """Below a title, up to the next of its level or a higher one."""
    level = title.index(" ")
    return re.split(rf"^#{{1,{level}}} ", page[page.index(f"\n{title}\n") + len(title) + 2 :], maxsplit=1, flags=re.M)[0]


def rows(text, columns):
    """Cells of the rows of each table that has so many columns, without its head."""
    tables = re.findall(r"^\|.*\|\n\|[-|]+\|\n((?:\|.*\|\n?)*)", text, re.M)
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for table in tables for row in table.splitlines()]
    return [row for row in cells if len(row) == columns]


def ticked(text):
    return re.findall(r"`([^`]+)`", text)


# ---- test ids
pages = "\n".join(file.read_text() for file in (source / "web/src").rglob("*.svelte"))
ids = found("test ids of pages", set(re.findall(r'data-testid="([^"{]+)"', pages)), 50)
wrong += [f"the test id {each} is missing" for each in sorted(ids) if f"`{each}`" not in page]
# Some are made of a value (step-{status}) or handed to a part: any word of the pages that stands in quotes will do.
made = [re.sub(r"\\{[^}]*\\}", r"[\\w-]+", re.escape(each)) for each in re.findall(r'data-testid="([^"]*\{[^"]*)"', pages)]
quoted = set(re.findall(r"""["'`]([\w-]+)["'`]""", pages))
table = re.sub(r"\([^()]*\)", "", section("## Test ids"))  # in brackets: what else they carry
here = {each for row in rows(table, 2) for each in ticked(row[1])}
used = {each for file in (source / "tests").rglob("*.mjs")
        for each in re.findall(r"\b(?:at|press|appears)\(\s*[\w.]+,\s*'([^']+)'\s*\)", file.read_text())}
for each in sorted(found("test ids here", here, 50) | found("test ids in scripts", used, 50)):
    if each not in quoted and f'"{each}"' not in pages and not any(re.fullmatch(pattern, each) for pattern in made):
        wrong.append(f"no page has the test id {each}, which it or an end-to-end script names")

# ---- fields and values, as pages know them
generated = (source / "web/src/core/messages.gen.ts").read_text()
fields = {name: re.findall(r"^  (\w+\??): (.+);$", body, re.M)
          for name, body in re.findall(r"^export interface (\w+) \{\n(.*?)^\}", generated, re.M | re.S)}
unions = found("values", {of for each in fields.values() for _, of in each if of.startswith('"')}, 20)
values = {name: " | ".join(f'"{each}"' for each in ticked(re.sub(r"\([^()]*\)", "", all_of)))
          for name, all_of in rows(section("### Values"), 2)}
differs("Values", set(values.values()), unions)

# ---- what /healthz says
report = next((source / "src/runtime").rglob("report.cpp")).read_text()
health = found("parts of /healthz", re.findall(r'\bbody\["(\w+)"\]', report), 8)
differs("/healthz", [each for row in rows(section("## HTTP"), 2) if row[0].startswith("`") for each in ticked(row[0])], health)

# ---- messages
variants = re.findall(r"using (Client|Server|Command)Kinds =\s*std::variant<([^>]+)>", named("wire.h") + named("command.h"))
names = {kind: [name.strip() for name in variant.split(",")] for kind, variant in variants}
for title, kind, columns in (("### From the page", "Client", 4), ("### From the server", "Server", 3)):
    told = {ticked(row[0])[0]: ticked(row[1]) for row in rows(section(title), columns)}
    differs(title, told.keys(), found("messages", names[kind], 8))
    for name in sorted(told.keys() & set(names[kind])):
        differs(name, told[name], [field for field, _ in fields.get(name, [])])

# ---- commands
NOT_TOLD = {"not_allowed", "invalid"}  # of any command
WHO = {"o-s-": "desk", "ofs-": "desk, officer", "-f--": "officer", "--s-": "supervisor", "---a": "administrator",
       "ofsa": "everybody", "----": "a program"}
# The letters behind the four roles are of who is no person, and no page's matter.
matrix = dict(re.findall(r'\{"(\w+)",\s*"([ofsa-]{4})[c-]{3}"\}', named("access_test.cpp")))
proved = set(found("commands with password",
                   re.findall(r"const (\w+)&\) -> Rights \{ return proved\(", named("rights.cpp")), 5))
proved -= {"ChangePassword"}  # that brings it along

functions = {}  # each that may refuse, by name: (parameters, body)
deciding = {path: text for path, text in core.items() if "access" not in path.parts and not path.name.endswith("_test.cpp")}
deciding |= {path: path.read_text() for path in sorted((source / "src/domain").rglob("*.cpp"))}
for path, text in deciding.items():
    subject = f"{path.parent.name}::" if "domain" in path.parts else ""
    for name, parameters, body in re.findall(
            r"^(?:Verdict|Result<\w+>|std::optional<Refusal>) (\w+)\(([^)]*)\)[^{;]*\{\n(.*?)^\}", text, re.M | re.S):
        functions.setdefault(subject + name, []).append((parameters, body))
decided = dict(re.findall(r"\[&\]\(const (\w+)&(?: c)?\) \{ return (\w+)\(", "\n".join(deciding.values())))


def codes(function, command, seen=()):
    """That this function, or one whose answer it gives on, refuses with."""
    overloads = functions.get(function, [])
    mine = [each for each in overloads if f"const {command}&" in each[0]] or overloads
    said = set()
    for _, body in mine:
        said |= {a or b for a, b in re.findall(r'\b(?:no|refuse)\(\s*"(\w+)"|Refusal\{"(\w+)"', body)}
        for other in set(re.findall(r"(?:return|[=?:]) ((?:\w+::)?\w+)\(", body)) - {function, *seen}:
            if other in functions:
                said |= codes(other, command, (*seen, function))
    return said


told = {ticked(row[0])[0]: row[1:] for row in rows(section("### Commands"), 5)}
differs("Commands", told.keys(), found("commands", names["Command"], 40))
meanings = {code for row in rows(section("### Commands"), 2) for code in ticked(row[0])}
refusals = 0
for name in sorted(told.keys() & set(names["Command"])):
    shape, who, refused, _ = told[name]
    differs(name, ticked(shape), [field for field, _ in fields.get(name, [])])
    letters = matrix.get(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(), "----")
    right = WHO.get(letters, f"'{letters}' of access_test.cpp") + (", with password" if name in proved else "")
    if who != right:
        wrong.append(f"{name}: who may is '{right}', not '{who}'")
    there = codes(decided.get(name, ""), name) - NOT_TOLD
    refusals += len(there)
    # What the gateway adds, where it looks at a password, no decision knows.
    differs(f"{name}, refused with", set(ticked(refused)) - {"wrong"}, there)
    wrong += [f"it does not say what {code} means" for code in sorted(there - meanings)]
if refusals < 100:
    sys.exit(f"only {refusals} refusals found: this test looks in the wrong place")

# ---- cards
cards = {title: body for title, body in re.findall(r"^#### (\w+)\n(.*?)(?=^#)", section("### Cards") + "\n#", re.M | re.S)}
differs("Cards", cards.keys(), found("cards", [name for name in fields if name.endswith("Card")], 15))
for name in sorted(cards.keys() & fields.keys()):
    differs(name, [(ticked(row[0])[0], ticked(row[1])[0].replace("\\|", "|") if "`" in row[1] else values.get(row[1])) for row in rows(cards[name], 3)],
            fields[name])

if wrong:
    sys.exit("\n".join(f"docs/protocol.md: {each}" for each in wrong))
