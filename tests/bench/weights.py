"""What eyes wait for: the weight of first views, the largest paint on a slow line, and the first page of evidence."""

import gzip
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Response

from tests.bench.calls import signed_in
from tests.bench.figure import Figure, figure
from tests.bench.pages import section
from tests.bench.screens import Served, at, chromium, examined
from tests.bench.world import World
from tests.cast import Member
from tests.house import ROOT

RUNS = 5
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
  .observe({ type: "largest-contentful-paint", buffered: true }))"""
FIRST_PAGE = """() => new Promise((done) => {
  const start = performance.now(), frame = document.querySelector("iframe[name=evidence]");
  frame.addEventListener("load", () => {
    const image = frame.contentDocument.querySelector("img");
    if (image) image.decode().then(() => requestAnimationFrame(() => done(performance.now() - start)));
  });
  document.querySelector("a[target=evidence]").click();
})"""


def places(of: World) -> dict[str, tuple[Member, str]]:
    """The pages that are weighed: who opens them, and where they are."""
    clerk, reviewer = of.people.clerk, of.people.reviewer
    return {
        "task_list": (clerk, f"/my/attestations/{of.open}"),
        "party_section": (clerk, f"/my/attestations/{of.open}/sections/{section(signed_in(of, clerk), of.open)}"),
        "desk": (reviewer, "/desk/"),
        "review": (reviewer, f"/desk/reviews/{of.reviewed}"),
    }


def weight(browser: Browser, of: World, name: str) -> Figure:
    """KB of all that the first view of a page fetches, squeezed as a proxy sends it; evidence is not counted."""
    bodies: list[Response] = []
    who, path = places(of)[name]
    with at(browser, of, who) as hand:
        hand.page.on("response", lambda answer: None if "/evidence/" in answer.url else bodies.append(answer))
        opened = hand.page.goto(path, wait_until="networkidle")
        assert opened is not None and opened.ok, path
        kilobytes = sum(squeezed(answer.body()) for answer in bodies) / 1024
    return figure([kilobytes], "KB")


def squeezed(data: bytes) -> int:
    """Bytes of a body as gzip sends it."""
    return len(gzip.compress(data, 6))


def files(kind: str) -> Figure:
    """KB of all files of a kind that a browser may fetch, each squeezed; what only paper needs is left out."""
    found = [file for file in (ROOT / "static").glob(f"*.{kind}") if not file.name.startswith("packet")]
    return figure([sum(squeezed(file.read_bytes()) for file in found) / 1024], "KB")


def paint(browser: Browser, of: World, name: str, runs: int = RUNS) -> Figure:
    """Milliseconds to the largest paint of a page at slow 4G on a CPU four times slower, nothing kept from before."""
    who, path = places(of)[name]
    found = []
    for _ in range(runs):
        with at(browser, of, who, through=squeezing) as hand:
            line = hand.page.context.new_cdp_session(hand.page)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", SLOW_4G)
            line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            hand.page.goto(path)
            found.append(float(hand.page.evaluate(PAINTED)))
    return figure(found, "ms")


def squeezing(plain: Served) -> Served:
    """Give a server's app that answers as through a proxy that squeezes texts."""
    def proxied(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []
        answer = plain(environ, lambda status, headers, error=None: told.append((status, headers)))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        (status, headers), = told
        if body and dict(headers).get("Content-Type", "").startswith(("text/", "image/svg", "application/json")):
            body = gzip.compress(body, 6)
            headers = [pair for pair in headers if pair[0] != "Content-Length"]
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        start(status, headers)
        return [body]

    return proxied


def first_evidence_page(browser: Browser, of: World, runs: int = RUNS) -> Figure:
    """Milliseconds from asking for a file beside its question to its first page's picture."""
    found = []
    for _ in range(runs):
        with at(browser, of, of.people.reviewer, f"/desk/reviews/{of.reviewed}") as hand:
            hand.page.wait_for_load_state("networkidle")
            found.append(float(hand.page.evaluate(FIRST_PAGE)))
    return figure(found, "ms")


FIGURES: dict[str, Callable[[], Figure]] = {
    "first_evidence_page_ms": lambda: first_evidence_page(chromium(), examined()),
    **{f"kb_{name}": partial(lambda name: weight(chromium(), examined(), name), name)
       for name in ("task_list", "party_section", "desk", "review")},
    "kb_css": partial(files, "css"), "kb_js": partial(files, "mjs"),
    **{f"lcp_{name}_ms": partial(lambda name: paint(chromium(), examined(), name), name)
       for name in ("task_list", "party_section", "desk", "review")},
}
