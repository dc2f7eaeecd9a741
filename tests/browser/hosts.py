"""Pages that are hard on whatever is put into them, as they are found in the wild."""

from dataclasses import dataclass, field

from tests.browser.shop import NONCE, Shop, policy_for

BARE_POLICY = (
    f"default-src 'none'; script-src {{desk}}; connect-src {{desk}} {{cable}}; "
    f"style-src 'nonce-{NONCE}'; img-src data:"
)
"""What docs/widget.md asks for, and nothing else: sources alone, without nonces for us."""

WITH_BASE_POLICY = f"script-src 'nonce-{NONCE}' 'strict-dynamic'; connect-src {{desk}} {{cable}}"

PAGE = """{doctype}<html lang="{language}"{html}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Skerry pendant · Harbour Lamps</title>
<link rel="icon" href="data:,">
<style nonce="{nonce}">{style}</style>
{head}
</head>
<body{body}>
<main>
<h1>Skerry pendant, small</h1>
<p>Blown glass, brass collar. Ships from Rotterdam.</p>
<button type="button">Add to bag</button>
</main>
<script nonce="{nonce}">{script}</script>
<script nonce="{nonce}" async src="{desk}/widget.js"{attributes}></script>
</body>
</html>
"""

LOUD = """
* { color: red !important; font: 40px serif !important; letter-spacing: 9px !important;
  text-transform: uppercase !important; text-align: center !important; line-height: 3 !important;
  word-spacing: 2em !important; text-indent: 3em !important; white-space: nowrap !important;
  cursor: wait !important; visibility: visible; pointer-events: auto; }
div, button, textarea, ol, li, p, h2, svg, span, form, header, section {
  all: revert !important; display: inline !important; margin: 50px !important;
  padding: 50px !important; border: 9px solid lime !important; background: yellow !important;
  position: static !important; transform: rotate(9deg) !important; opacity: .2 !important;
  box-sizing: content-box !important; min-width: 900px !important; float: left !important; }
*::before, *::after { content: "!" !important; display: block !important; }
div { display: none !important; visibility: hidden !important; }
"""

TRANSFORMED_BODY = """
body { transform: translate(40px, 40px) scale(.8); filter: blur(1px); zoom: 1.3; contain: strict;
  perspective: 100px; overflow: hidden; height: 200px; position: relative; z-index: 1; }
"""

OVERLAY = """
body::after { content: ""; position: fixed; inset: 0; z-index: 2147483647; background: #0008; }
"""

POLLUTED = """
Array.prototype.toJSON = function () { return "broken"; };
Object.prototype.extended = function () {};
Array.prototype.last = function () { return this[this.length - 1]; };
window.name = "the shop's own";
const plain = window.fetch;
window.fetch = function (...given) { return plain.apply(this, given).then(answer => answer); };
"""

SHORTCUTS = """
window.pressed = [];
document.addEventListener("keydown", event => {
  pressed.push(event.key);
  if (event.key === "s" || event.key === "/") event.preventDefault();
});
"""

LONG = "main { min-height: 300vh; }"


@dataclass(frozen=True)
class Host:
    """One page, by what differs from a plain one; `policy` is the default page's when empty."""

    style: str = ""
    script: str = ""
    head: str = ""
    html: str = ""
    body: str = ""
    doctype: str = "<!doctype html>"
    language: str = "en"
    policy: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    def put_up(self, shop: Shop, desk: str, **settings: str) -> str:
        """The address of the page in the shop."""
        wishes = {**self.settings, **settings}
        page = PAGE.format(
            nonce=NONCE,
            desk=desk,
            attributes="".join(f' data-{name}="{text}"' for name, text in wishes.items()),
            doctype=self.doctype,
            language=self.language,
            html=self.html,
            body=self.body,
            style=self.style,
            head=self.head,
            script=self.script,
        )
        return shop.show(page, policy_for(desk, self.policy) if self.policy else policy_for(desk))


PLAIN = Host()

ALIKE = {
    "loud-styles": Host(style=LOUD),
    "transformed-body": Host(style=TRANSFORMED_BODY),
    "filtered-html": Host(style=f"html {{ filter: grayscale(1); }} {LONG}"),
    "large-text": Host(style="html { font-size: 200%; }"),
    "overlay": Host(style=OVERLAY, settings={"z-index": "2147483647"}),
    "inert-body": Host(body=' inert aria-hidden="true"'),
    "quirks": Host(doctype=""),
    "sources-only": Host(policy=BARE_POLICY),
    "polluted": Host(script=POLLUTED),
    "clobbered": Host(head='<form id="Deskbell"></form><a id="deskbellSettings"></a>'),
    "base": Host(head='<base href="https://elsewhere.example/deep/">', policy=WITH_BASE_POLICY),
    "page-in-arabic": Host(html=' dir="rtl"', language="ar", settings={"locale": "en"}),
}
"""Pages on which the widget must look and work as on a plain one."""

CARRIED = {
    "transformed-html": Host(style=f"html {{ transform: translateZ(0); }} {LONG}"),
    "contained-html": Host(style=f"html {{ contain: layout paint; }} {LONG}"),
    "zoomed-html": Host(style="html { zoom: 1.5; }"),
}
"""Pages whose root takes along whatever is fixed to the window; ours too."""
