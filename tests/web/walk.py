"""A browser without scripts for tests: follows pages, fills forms, and holds every answer to the HTML parser."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Shape(HTMLParser):
    """Collects what is not well formed: unclosed or stray tags, doubled ids, inline style or script."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        given = dict(attrs)
        if "style" in given or any(name.startswith("on") for name in given):
            self.faults.append(f"<{tag}> has inline style or script")
        if tag == "script" and not given.get("src"):
            self.faults.append("inline script")
        if (mark := given.get("id")) is not None:
            if mark in self.ids:
                self.faults.append(f"id {mark} twice")
            self.ids.add(mark)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'} at {self.getpos()}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)


def faults(html: str) -> list[str]:
    """What is not well formed in a page."""
    shape = Shape()
    shape.feed(html)
    shape.close()
    return shape.faults + [f"<{tag}> is not closed" for tag in shape.open]


@dataclass
class Walk:
    """One signed-in browser."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, expect: int = 200) -> str:
        """Open a page."""
        return self._taken(self.client.get(path), path, expect)

    def post(self, path: str, expect: int = 303, **fields: Any) -> str:
        """Send a form and give where it leads, or the page it answers."""
        if not self.token:
            self.get("/privacy")
        answer = self.client.post(path, data={"csrf_token": self.token, **fields}, content_type="multipart/form-data")
        page = self._taken(answer, path, expect)
        return str(answer.location) if expect == 303 else page

    def _taken(self, answer: TestResponse, path: str, expect: int) -> str:
        text = answer.get_data(as_text=True)
        assert answer.status_code == expect, (path, answer.status_code, answer.location, text[:2000])
        if answer.mimetype == "text/html" and not answer.location:
            told = TOKEN.search(text)
            self.token = told[1] if told else self.token
            found = faults(text)
            assert not found, (path, found[:5])
        return text
