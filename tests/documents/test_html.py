"""What belongs to a web page goes, what it says stays."""

from __future__ import annotations

import pytest

from qa.documents.html import main_part

SENTENCE = "Soak the beans in cold water overnight."


@pytest.mark.parametrize(
    "content",
    [
        "<article><header><h2>Bean stew</h2><p>By Ann</p></header><p>Stew.</p></article>",
        "<header><h2>Bean stew</h2></header>",
        "<article><p>Stew.</p><aside>Serves four</aside></article>",
        "<main><aside><h3>Tip</h3>Use salt</aside></main>",
        f"<aside>{SENTENCE}</aside>",
        "<aside>Serves four.</aside>",
        "<aside>Price: 30 euros</aside>",
        "<article><footer>Source: <cite>Old Book</cite></footer></article>",
        f"<footer><p>{SENTENCE}</p></footer>",
        f"<nav><a href=/>Home</a><p>{SENTENCE}</p>",
        f"<header><a href=/>Home</a><main><p>{SENTENCE}</p></main>",
        f'<section id="cookies"><h2>Cookies</h2><p>{SENTENCE}</p><button>Print</button></section>',
        '<ul class="cookie-recipes"><li>Oat cookies</li></ul>',
        f'<div class="cookies-on"><h1>Stew</h1><p>{SENTENCE}</p><a href=/>Accept</a></div>',
        '<div hidden="until-found">Answer</div>',
        "<menu><li>Soup</li></menu>",
    ],
)
def test_content_stays(content: str) -> None:
    kept, _, removed = main_part(f"<body>{content}</body>")
    assert [piece for piece in removed if piece[1] != "button"] == []
    for word in ("Bean stew", "By Ann", "Serves four", "Tip", "30 euros", "Old Book", SENTENCE):
        assert kept.count(word) == content.count(word)


@pytest.mark.parametrize(
    ("furniture", "expected"),
    [
        ("<nav><h2>Menu</h2><a href=/>Home</a></nav>", ("Menu Home", "nav")),
        ("<header>Acme <a href=/>Log in</a></header>", ("Acme Log in", "header")),
        ("<footer>© 2024 Acme. All rights reserved.</footer>",
         ("© 2024 Acme. All rights reserved.", "footer")),
        (f"<aside><h3>Related</h3><a href=/b>{SENTENCE}</a></aside>",
         (f"Related {SENTENCE}", "aside")),
        ('<div role="navigation"><nav>Home</nav> News</div>', ("Home News", "div")),
        ('<div id="cookie-bar">Cookies make this better for all of you. <a>Accept</a></div>',
         ("Cookies make this better for all of you. Accept", "cookie notice")),
        ("<select><option>One</option></select>", ("One", "select")),
        ("<dialog>Subscribe to our letter.</dialog>", ("Subscribe to our letter.", "dialog")),
        ('<p style="color: red; display: none">Secret</p>', ("Secret", "p")),
        ("<button>Buy</button>", ("Buy", "button")),
    ],
)  # fmt: skip
def test_furniture_goes_and_is_named(furniture: str, expected: tuple[str, str]) -> None:
    for page in (f"<p>Text.</p>{furniture}", f"<body>{furniture}<p>Text.</p></body>"):
        kept, _, removed = main_part(page)
        assert kept == "<p>Text.</p>"
        assert removed == [expected]


def test_scripts_go_without_a_word() -> None:
    page = "<title>A &amp; B\n</title><p>Text.<script>var x;</script></p><style>p {}</style>"
    assert main_part(page) == ("<p>Text.</p>", "A & B", [])
