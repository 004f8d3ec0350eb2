"""Helpers: a feedback page as a browser and as a reader see it."""

import html.parser
import re


class Elements(html.parser.HTMLParser):
    """The elements and attributes that a browser would find."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def page(course, student, lesson="01_small") -> str:
    return course.feedback(lesson, student).read_text(encoding="utf-8")


def words(html: str) -> str:
    """What a reader sees."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("</style>")[-1]).split())
