"""What every answer must keep to, whichever page it is: headers, well-formed HTML, nothing inline; and who notices."""

from dataclasses import dataclass, field

from flask import Flask, Response, request

from tests.web.walk import faults

POLICY = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'self'",
          "script-src": "'self'", "style-src": "'self'"}
FIXED = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin",
         "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "SAMEORIGIN"}
NEVER = ("Access-Control-Allow-Origin", "X-Powered-By", "Server")


@dataclass
class Watch:
    """Looks at every answer of an app and remembers what was wrong with it."""

    wrong: list[str] = field(default_factory=list)
    seen: int = 0

    def over(self, app: Flask) -> "Watch":
        """Stand behind the app's own hooks, so that what leaves the house is what is looked at."""
        app.after_request_funcs.setdefault(None, []).insert(0, self.look)
        return self

    def look(self, response: Response) -> Response:
        """Look at one answer."""
        self.seen += 1
        told = [*headers(response), *body(response)]
        self.wrong += [f"{request.method} {request.path} {response.status_code}: {fault}" for fault in told]
        return response


def headers(response: Response) -> list[str]:
    """What is wrong with an answer's headers."""
    rules = dict(rule.strip().partition(" ")[::2] for rule in response.headers.get(
        "Content-Security-Policy", "").split(";"))
    wrong = [f"{name} is missing" for name, value in FIXED.items() if response.headers.get(name) != value]
    wrong += [f"{name} is sent" for name in NEVER if name in response.headers]
    if "sandbox" in rules:
        if not response.headers.get("Content-Disposition", "").startswith("attachment"):
            wrong.append("a sandboxed answer is no download")
        return wrong
    wrong += [f"the policy says {name} {rules.get(name)}" for name, value in POLICY.items() if rules.get(name) != value]
    if response.headers.get("Referrer-Policy") != "same-origin":
        wrong.append("no referrer policy")
    if request.endpoint != "static" and "no-store" not in response.headers.get("Cache-Control", "") \
            and not response.mimetype.startswith("image/"):
        wrong.append("caches may keep it")
    return wrong


def body(response: Response) -> list[str]:
    """What is wrong with an HTML page: tags, doubled ids, anything inline, a language or a title that is missing."""
    if response.mimetype != "text/html" or response.location or response.direct_passthrough:
        return []
    text = response.get_data(as_text=True)
    wrong = faults(text)
    if "charset" not in response.headers["Content-Type"]:
        wrong.append("no charset")
    for piece in ('<html lang="', "<title>", "<h1"):
        if text and piece not in text and 'class="staff pane-page"' not in text:
            wrong.append(f"no {piece}")
    return wrong
