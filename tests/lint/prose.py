#!/usr/bin/env python3
"""Prose of pages stands at 100 columns. Tables, code, headings and what has no blank to break at are as wide as they need.

usage: prose.py --fix FILE...    wraps anew each paragraph that has a wider line; no word changes
"""
import re
import sys
from pathlib import Path

COLUMNS_MAX = 100

FENCE = re.compile(r"\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(```|~~~)")
# Lines that are not prose: headings, tables, HTML, pictures alone, where a [link]: leads, a rule.
KEPT = re.compile(r"\s*(#{1,6} |\||<|!\[[^\]]*\]\([^)]*\)$|\[[^\]]+\]: |(---|\*\*\*)$)")
ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,3}[.)])\s+")
# What would be a list, a heading, a quote, a table or a line under a heading, if a line began with it.
NEVER_FIRST = re.compile(r"([-*+>=|]+|#{1,6}|\d{1,3}[.)])$")
# A code span stays whole; everything else breaks at blanks.
WORD = re.compile(r"(?:(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|[^\s`])+|`+")


def paragraphs(lines):
    """(first line, number of lines, indent of the others) of each paragraph; all other lines belong to none."""
    start = indent = None
    fence = None
    for number, line in enumerate(lines + [""]):
        mark = FENCE.match(line)
        item = ITEM.match(line)
        code = start is None and not item and line.startswith("    ") and in_no_list(lines, number)
        prose = fence is None and not mark and not code and line.strip() and not KEPT.match(line)
        if start is not None and (not prose or item or lines[number - 1].endswith(("  ", "\\"))):
            yield start, number - start, indent
            start = None
        if mark:
            fence = None if fence == mark.group(1) else fence or mark.group(1)
        if prose and start is None:
            start, indent = number, len(item.group(0)) if item else len(line) - len(line.lstrip())


def in_no_list(lines, number):
    """An indented line without a list above it is code."""
    for line in reversed(lines[:number]):
        if ITEM.match(line):
            return False
        if line.strip() and not line.startswith(" "):
            return True
    return True


def wrapped(lines, indent):
    """The same words at COLUMNS_MAX."""
    item = ITEM.match(lines[0])
    head = item.group(0) if item else " " * indent
    out, line = [], head
    tail = "  " if lines[-1].endswith("  ") else ""
    text = " ".join([lines[0][len(head):] if item else lines[0].strip()] + [each.strip() for each in lines[1:]])
    words = []
    for word in (match.group(0) for match in WORD.finditer(text)):
        if words and NEVER_FIRST.match(word):
            words[-1] += " " + word
        else:
            words.append(word)
    for word in words:
        if line.strip() and line != head and len(line) + 1 + len(word) > COLUMNS_MAX:
            out.append(line)
            line = " " * indent
        line += word if line in (head, " " * indent) else " " + word
    return [*out, line + tail]


def wider(lines):
    """(first line, number of lines, as it should be) of each paragraph with a line that is too wide and can be broken."""
    for start, count, indent in paragraphs(lines):
        now = lines[start : start + count]
        if any(len(line) > COLUMNS_MAX for line in now):
            better = wrapped(now, indent)
            if better != now:
                yield start, count, better


def check(path, text):
    """All findings (line, rule) of one page."""
    if not path.endswith(".md"):
        return []
    found = []
    for start, count, _ in wider(text.split("\n")):
        number = next(n for n in range(start, start + count) if len(text.split("\n")[n]) > COLUMNS_MAX)
        found.append((number + 1, f"prose at {COLUMNS_MAX} columns (tests/lint/prose.py --fix {path})"))
    return found


def fixed(text):
    lines = text.split("\n")
    for start, count, better in reversed(list(wider(lines))):
        lines[start : start + count] = better
    return "\n".join(lines)


LONG = "word " * 21
# (text, as it is wrapped). A text that is to stay stands there twice.
WRAPPED = [
    (LONG.strip() + "\n", "word " * 19 + "word\nword\n"),
    ("- " + LONG.strip() + "\n- next\n", "- " + "word " * 18 + "word\n  word word\n- next\n"),
    ("10. " + LONG.strip() + "\n    more\n", "10. " + "word " * 18 + "word\n    word word more\n"),
    ("a\n" + LONG.strip() + "\n\nb\n", "a " + "word " * 18 + "word\nword word\n\nb\n"),
    ("word " * 19 + "`one two`\n", "word " * 18 + "word\n`one two`\n"),
    ("word " * 19 + "``a ` b``\n", "word " * 18 + "word\n``a ` b``\n"),
    ("word " * 19 + "wo - 5. a\n", "word " * 18 + "word\nwo - 5. a\n"),
    ("| " + LONG + "|\n", None),
    ("# " + LONG + "\n", None),
    ("```\n" + LONG + "\n```\n", None),
    ("1. ```\n   " + LONG + "\n   ```\n", None),
    ("    " + LONG + "\n", None),
    ("![" + LONG + "](x.png)\n", None),
    ("https://example.org/" + "x" * 100 + "\n", None),
    ("<img alt='" + LONG + "'>\n", None),
]


def missed_faults():
    missed = []
    for text, better in WRAPPED:
        if better and not check("docs/x.md", text):
            missed.append(f"prose: {text!r} is too wide")
        if fixed(text) != (better or text):
            missed.append(f"prose: {text!r} became {fixed(text)!r}")
        if fixed(text).split() != text.split():
            missed.append(f"prose: words of {text!r} changed")
    return missed


def found_in_good_text():
    return [each for text, better in WRAPPED for each in check("docs/x.md", better or text)] + check("src/core/x.cpp", LONG)


def main():
    if sys.argv[1:2] != ["--fix"]:
        sys.exit(__doc__)
    for file in map(Path, sys.argv[2:]):
        text = file.read_text(encoding="utf-8")
        better = fixed(text)
        if better.split() != text.split():
            sys.exit(f"{file}: words would change: left as it is")
        if better != text:
            file.write_text(better, encoding="utf-8")
            print(f"wrapped {file}")


if __name__ == "__main__":
    main()
