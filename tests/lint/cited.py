"""What a comment or a page names must exist: files, rules of docs/rules.md, and the simulator's checkers and mutants that
this page quotes. A name that stands nowhere sends a reader into a wall."""
import os
import re

RULES_PAGE = "docs/rules.md"
FAILURES_PAGE = "docs/failures.md"
TOPS = {"apps", "bench", "cmake", "data", "deploy", "docs", "src", "tests", "tools", "web"}
GENERATED = {"web/dist"}
ITEMS = ("constants", "decided in", "checked by", "broken by")

SLASHES = re.compile(r"(?:^|\s)//+(.*)|^\s*/?\*+(.*)|<!--(.*)")
HASHES = re.compile(r"(?:^|\s)#+(.*)")
# A name with an extension that the house writes, or one that begins with a folder of it. Not within an address, an
# <include>, or a longer path that begins elsewhere (build/release/bench/...).
FILE = re.compile(r"(?<![\w/.:@<~-])((?:[\w-]+/)*[\w*-][\w.*-]*\.(?:h|cpp|mjs|py|sh|svelte|ts|md|cmake))\b(?![\w/-])")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?[^)]*\)")


def spoken(path, text):
    """(line number, what is said there): of a page everything, of code the comments."""
    for number, line in enumerate(text.split("\n"), 1):
        if path.endswith(".md"):
            yield number, line
            continue
        code = path.endswith((".h", ".cpp", ".c", ".ts", ".mjs", ".svelte", ".css", ".html"))
        found = (SLASHES if code else HASHES).search(line)
        if found:
            yield number, next((group for group in found.groups() if group), "")


def anchors_of(page):
    """What a link may name behind #: a forge makes it of each heading."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", page, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Tree:
    """What there is to be named. `read`: a file's text."""

    def __init__(self, files, read):
        self.paths = set(files) | GENERATED
        for path in files:
            while "/" in path:
                path = path.rpartition("/")[0]
                self.paths.add(path)
        self.names = set()  # each path with and without extension, from each of its folders on
        for path in self.paths:
            for form in (path, re.sub(r"(?<=\w)\.[\w.]+$", "", path)):
                parts = form.split("/")
                self.names.update("/".join(parts[i:]) for i in range(len(parts)))
        folders = TOPS | {path.split("/")[1] for path in self.paths if path.startswith("src/")}
        self.folder_name = re.compile(r"(?<![\w/.:@<~-])((?:%s)(?:/[\w.*-]+)+)" % "|".join(sorted(folders)))
        self.anchors = {path: anchors_of(read(path)) for path in files if path.endswith(".md")}
        page = read(RULES_PAGE) if RULES_PAGE in files else ""
        self.rules = re.findall(r"^### ([A-Z]\d+)\. ", page, re.M)
        letters = "".join(sorted({rule[0] for rule in self.rules}))
        self.rule_name = re.compile(r"\b[%s]\d{1,2}\b" % letters) if letters else None
        sim = "\n".join(read(path) for path in files if path.startswith("src/sim/"))
        self.checkers = set(re.findall(r'\brule\(\s*"([^"]+)"', sim))
        self.caught_by = dict(re.findall(r'\b(?:decision|setting)\(\s*"([^"]+)",\s*"([^"]+)"', sim))

    def has_file(self, name):
        name = name.rstrip(".")
        if "NAME" in name:  # stands for any
            return True
        if "*" in name:  # checkers/*, decide_*.cpp
            pattern = re.compile(".*".join(re.escape(part) for part in name.rstrip("/").split("*")) + "$")
            return any(pattern.match(known) for known in self.names)
        # docs/adr/0009: a decision is named by its number.
        return name in self.names or any(path.startswith(name + "-") for path in self.paths if name.startswith("docs/adr/"))


def check_names(path, text, tree):
    """All findings (line, rule) of one file."""
    found = []
    for number, words in spoken(path, text):
        named = {match.group(1) for pattern in (FILE, tree.folder_name) for match in pattern.finditer(words)}
        found += [(number, f"names {name}, which is nowhere") for name in sorted(named) if not tree.has_file(name)]
        if tree.rule_name:
            for name in sorted(set(tree.rule_name.findall(words)) - set(tree.rules)):
                found.append((number, f"names the rule {name}, which {RULES_PAGE} has not"))
        if path.endswith(".md"):
            for target, anchor in LINK.findall(words):
                if "://" in target or target.startswith("mailto:"):
                    continue
                where = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
                if where not in tree.paths:
                    found.append((number, f"links to {target}, which is nowhere"))
                elif anchor and anchor not in tree.anchors.get(where, anchor):
                    found.append((number, f"links to #{anchor}, which {where} has not"))
    return found


def check_rules_page(text, tree):
    found, seen, quoted_anywhere = [], set(), set()
    for part in re.split(r"^(?=### )", text, flags=re.M)[1:]:
        line = text[: text.index(part)].count("\n") + 1
        title = re.match(r"### ([A-Z]\d+)\. \S", part)
        if not title:
            found.append((line, "a rule begins with ### D3. and its title"))
            continue
        name = title.group(1)
        if name in seen:
            found.append((line, f"{name} stands twice: a number is used once"))
        seen.add(name)
        items = {key: " ".join(body.split()) for key, body in re.findall(r"^- ([a-z ]+): ((?:.|\n(?!\n|- |#))+)", part, re.M)}
        for key in ITEMS:
            if key not in items:
                found.append((line, f"{name} does not say: {key}"))
        checkers = re.findall(r'"([^"]+)"', items.get("checked by", ""))
        mutants = re.findall(r'"([^"]+)"', items.get("broken by", ""))
        quoted_anywhere.update(checkers, mutants)
        if not checkers and "no checker" not in items.get("checked by", ""):
            found.append((line, f"{name} names a checker, or says: no checker"))
        if not mutants and "no mutant" not in items.get("broken by", ""):
            found.append((line, f"{name} names a mutant, or says: no mutant"))
        found += [(line, f'{name}: src/sim has no checker "{each}"') for each in checkers if each not in tree.checkers]
        for each in mutants:
            if each not in tree.caught_by:
                found.append((line, f'{name}: src/sim has no mutant "{each}"'))
            elif tree.caught_by[each] not in checkers:
                found.append((line, f'{name}: "{each}" is caught by "{tree.caught_by[each]}", which it does not name'))
    for each in sorted((tree.checkers | set(tree.caught_by)) - quoted_anywhere):
        found.append((1, f'no rule names "{each}" of src/sim'))
    return found


def check(path, text, tree):
    # The lint itself names what is not there; tables of names are data.
    if path.startswith("tests/lint/") or path.endswith((".csv", ".tsv", ".json")):
        return []
    found = check_names(path, text, tree)
    if path == RULES_PAGE:
        found += check_rules_page(text, tree)
    if path == FAILURES_PAGE:
        cells = {cell.strip() for row in re.findall(r"^\|(.*)\|$", text, re.M) for cell in row.split("|")}
        found += [(1, f'no row has "{each}" of src/sim') for each in sorted((tree.checkers | set(tree.caught_by)) - cells)]
    return found


RULE = '## D. Words\n\n### D1. One\n\nWords.\n\n- constants: none\n- decided in: `src/core/decide/decider.h`\n- checked by: "it holds"\n- broken by: "it breaks"\n'
# A small tree for what names files, rules, checkers and mutants.
TREE_FILES = ["docs/rules.md", "docs/adr/0001-words.md", "src/core/decide/decider.h", "src/core/decide/tasks.cpp", "src/sim/mutants.cpp", "README.md"]
TREE_TEXTS = {"docs/rules.md": RULE, "src/sim/mutants.cpp": 'rule("it holds"); decision(\n "it breaks",\n "it holds", x);'}

# (file, text, words of the finding)
NAMES_TEST = [
    ("src/core/x.cpp", "// As core/none.h has it.\n", "names core/none.h"),
    ("src/core/x.cpp", "int i;  // (none.h)\n", "names none.h"),
    ("src/core/x.cpp", "/// See src/core/none.\n", "names src/core/none"),
    ("src/core/x.cpp", "// core/none_*.cpp\n", "names core/none_*.cpp"),
    ("web/src/x.svelte", "<!-- tests/none -->\n", "names tests/none"),
    ("tools/x.sh", "true  # docs/none.md\n", "names docs/none.md"),
    ("docs/x.md", "in `tools/none`\n", "names tools/none"),
    ("docs/x.md", "docs/adr/0002\n", "names docs/adr/0002"),
    ("docs/x.md", "[words](none)\n", "links to none"),
    ("docs/x.md", "[words](src/core/decide/decider.h)\n", "links to src/core/decide/decider.h"),
    ("docs/x.md", "[words](rules.md#d-wards)\n", "links to #d-wards"),
    ("docs/rules.md", RULE + "[words](#d-wards)\n", "links to #d-wards"),
    ("src/core/x.cpp", "// D2 has it.\n", "the rule D2"),
    ("docs/x.md", "`D2`\n", "the rule D2"),
    ("docs/rules.md", RULE + RULE, "D1 stands twice"),
    ("docs/rules.md", RULE.replace("### D1. One", "### One"), "begins with ###"),
    ("docs/rules.md", RULE.replace("- constants: none\n", ""), "does not say: constants"),
    ("docs/rules.md", RULE.replace('"it holds"', "words"), "names a checker"),
    ("docs/rules.md", RULE.replace('"it breaks"', "words"), "names a mutant"),
    ("docs/rules.md", RULE.replace("it holds", "it held"), 'no checker "it held"'),
    ("docs/rules.md", RULE.replace("it breaks", "it broke"), 'no mutant "it broke"'),
    ("docs/rules.md", RULE.replace('"it holds"', "no checker"), "is caught by"),
    ("docs/rules.md", RULE.replace('"it breaks"', "no mutant"), 'no rule names "it breaks"'),
    ("docs/failures.md", "| it holds | 3 |\n", 'no row has "it breaks"'),
    ("docs/failures.md", "it holds\n| it breaks | x |\n", 'no row has "it holds"'),
]
NAMES_CLEAN = [
    ("docs/failures.md", "| it breaks | it holds | 3 s |\n"),
    ("src/core/x.cpp", '// core/decide/decider.h, decider.h, src/core/decide/*.cpp, core/decide/decider, docs/adr/0001, src/NAME/x.h, D1; https://a.org/b/none.h\n#include "none.h"\n'),
    ("docs/x.md", "[words](../README.md), [more](rules.md#d-words), [out](https://a.org/x) `build/release/bench/none`\n"),
    ("docs/rules.md", RULE),
]


def small_tree():
    return Tree(TREE_FILES, lambda path: TREE_TEXTS.get(path, ""))


def missed_faults():
    """Of the planted ones."""
    missed = []
    for path, text, words in NAMES_TEST:
        seen = [rule for _, rule in check(path, text, small_tree())]
        if not any(words in rule for rule in seen):
            missed.append(f"{path}: {words} (but {seen})")
    return missed


def found_in_good_text():
    return [each for path, text in NAMES_CLEAN for each in check(path, text, small_tree())]
