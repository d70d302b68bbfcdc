"""Web pages: text that their styles show and hide, and places where pages keep text."""

from email import policy
from email.message import EmailMessage

from tests.reading.seen.case import NAME, POST, SKILLS, Case


def build_page(body: str, *, sheet: str = "", head: str = "") -> bytes:
    """Return a web page with a name and whatever else is in it."""
    return f"<!doctype html><html><head>{head}<style>{sheet}</style></head><body><h1>{NAME}</h1>{body}</html>".encode()


def style(declarations: str, *, sheet: str = "") -> bytes:
    return build_page(f'<p class="skills" style="{declarations}">{SKILLS}</p>', sheet=sheet)


def save_page(body: str, sheet: str) -> bytes:
    """Return a page as browsers save it in one file, with its style sheet as another part."""
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["MIME-Version"] = "1.0"
    link = '<link rel="stylesheet" href="cid:sheet">'
    message.set_content(build_page(body, head=link).decode(), subtype="html", cte="quoted-printable")
    message.add_related(sheet, subtype="css", cid="sheet")
    return message.as_bytes(policy=policy.HTTP)


SHOWN_BY_STYLE = {
    "on a dark ground of its own": style("color:#fff;background:#123"),
    "on a ground of the page": style("color:#fff", sheet="/* dark */ body{background-color:rgb(9 9 9)} h1{color:#ffd}"),
    "on a picture": style("color:#fff;background:url(x.png) no-repeat"),
    "on a gradient before its text": style("color:#fff", sheet=".skills::before{background:linear-gradient(red,blue)}"),
    "over a picture laid behind it": build_page(
        f'<header><img src=x.jpg style="position:absolute;z-index:-1"><p style="color:#fff">{SKILLS}</header>'
    ),
    "over a banner laid behind it": build_page(
        f'<header><div class="b"></div><p style="color:#fff">{SKILLS}</header>',
        sheet=".b{position:absolute;background:navy}",
    ),
    "on a ground that a variable names": style("color:white;background:var(--dark)"),
    "in a colour that a variable names": style("color:var(--light)"),
    "hidden by a weaker rule": style("", sheet="p.skills{display:block} p{display:none}"),
    "hidden for paper and narrow screens": style(
        "", sheet="@media print{p{display:none}} @media (max-width:50em){p{display:none}}"
    ),
    "shown within what is hidden": build_page(
        f'<div style="visibility:hidden"><p style="visibility:visible">{SKILLS}</div>'
    ),
    "a little to the left": style("position:relative;left:-20px;text-indent:-2em"),
    "cut off only where it is too long": style("overflow:hidden;height:20px"),
    "beside a sheet that was not saved": build_page(
        f'<div class="dark"><p style="color:#fff">{SKILLS}</div>', head='<link rel="stylesheet" href="cv_files/a.css">'
    ),
    "in a field": build_page(f'<input type="text" value="{SKILLS}"><input type="hidden" value="Haskell">'),
    "in a large field": build_page(f"<textarea>{SKILLS}</textarea>"),
    "chosen from a list": build_page(f"<select><option>Haskell<option selected>{SKILLS}</select>"),
    "in a drawing": build_page(f'<svg><title>icon</title><text fill="#fff">{SKILLS}</text></svg>'),
    "nested deep": build_page("<div>" * 1_500 + SKILLS),
    "in items that stand in a line": build_page(
        "<ul><li>Skills:</li><li>Kubernetes,</li><li>Terraform</li></ul>", sheet="li{display:inline-block}"
    ),
    "and again for those who have pages read to them": build_page(
        f'<p aria-hidden="true">{SKILLS}</p><p class="off">{SKILLS}</p>',
        sheet=".off{position:absolute;width:1px;height:1px;overflow:hidden}",
    ),
    "and again for narrow screens": build_page(
        f'<p>{SKILLS}</p><ul style="display:none"><li>Kubernetes, Terraform</ul>'
    ),
    "in UTF-16": build_page(SKILLS).decode().encode("utf-16"),
    "in a part of a page": f"<div class=cv><p>{NAME}</p><p>{SKILLS}</p></div>".encode(),
    "behind a long comment": b"<!-- " + b"x" * 3_000 + b" -->" + build_page(SKILLS),
    "in a page saved with its sheet": save_page(f'<p class="w">{SKILLS}</p>', ".w{color:#fff;background:#000}"),
}
HIDDEN_BY_STYLE = {
    "nearly white": (style("color:#fefefe"), "ground-colour"),
    "white on white of its own": (style("color:#fff;background:#fff"), "ground-colour"),
    "white however it is written": (style("color:hsl(0,0%,100%) !important"), "ground-colour"),
    "navy on navy": (style("", sheet="div p, p{color:#000080} p.skills{background:navy}"), "ground-colour"),
    "white by an old attribute": (build_page(f'<font color="#ffffff">{SKILLS}</font>'), "ground-colour"),
    "white beside a picture of the page": (
        build_page(f'<img style="position:absolute" src=x.png><p style="color:#fff">{SKILLS}'),
        "ground-colour",
    ),
    "without a colour": (style("color:transparent"), "transparent"),
    "nearly clear": (style("opacity:.01"), "transparent"),
    "of one pixel": (style("font-size:1px"), "tiny"),
    "of a tenth of its size": (style("", sheet="p{font-size:.1em}"), "tiny"),
    "far to the left": (style("position:absolute;left:-9999px"), "outside-page"),
    "indented far to the left": (style("text-indent:-100em"), "outside-page"),
    "moved far away": (style("transform:translate(0, -9999px)"), "outside-page"),
    "without height": (style("height:0;overflow:hidden"), "clipped"),
    "clipped": (style("position:absolute;clip:rect(0 0 0 0)"), "clipped"),
    "by a rule for what it is in": (
        build_page(f"<div><p>{SKILLS}</div>", sheet="div > p{display:none}"),
        "marked-hidden",
    ),
    "by a sheet saved with its page": (save_page(f'<p class="w">{SKILLS}</p>', ".w{color:#fff}"), "ground-colour"),
}
PAGES = {f"html: {name}": Case(content, SKILLS) for name, content in SHOWN_BY_STYLE.items()} | {
    f"html: {name}": Case(content, "", (reason,)) for name, (content, reason) in HIDDEN_BY_STYLE.items()
}
PAGES["html: lines as they are in the source"] = Case(
    build_page(f"<pre>{POST}\n  {SKILLS}</pre><p style='white-space:pre-line'>Go\nRust"), f"{POST}\n{SKILLS}\nGo\nRust"
)
PAGES["html: a menu that opens"] = Case(
    build_page('<nav><ul style="display:none"><li>Kubernetes and Terraform</ul></nav>')
)
