"""Plain-text dumps: one layout a case, and what must come out of it."""

from pathlib import Path

from sayso.model.capture import Capture
from sayso.page.recover import recover

DUMPS = Path(__file__).parent / "dumps"


def _document(name):
    payload = (DUMPS / name).read_bytes()
    return recover(Capture(payload=payload, key=name, media_type="text/plain"))


def _words(document, part):
    return document.text[part.start : part.end]


def test_indented_dump_gives_the_article():
    document = _document("indented.txt")
    headline, body = document.parts[:2]
    assert document.headline == _words(document, headline)
    assert document.headline.startswith("Two Dozen Fighters Leave Qarmid")
    assert _words(document, body).startswith("Some two dozen fighters")
    assert _words(document, body).endswith("until the evening.")
    assert "JUNE" not in document.text


def test_archive_heading_is_evidence_and_no_date():
    document = _document("indented.txt")
    assert document.published is None
    (evidence,) = document.published_evidence
    assert (evidence.source, evidence.words, evidence.edtf) == (
        "archive-heading",
        "JUNE 2020",
        "2020-06",
    )
    assert [i.code for i in document.issues] == ["date-open"]


def test_indented_dump_gives_the_tree():
    document = _document("indented.txt")
    ids = {p.id: p for p in document.parts}
    rows = [
        (p.author, p.depth, p.ordinal, ids[p.reply_to].author if p.reply_to else None)
        for p in document.comments()
    ]
    assert rows == [
        ("Harbour Walker", 1, 1, None),
        ("☂rain☂ (of the [hill)", 2, 1, "Harbour Walker"),
        ("Hesitant (The Second", 3, 1, "☂rain☂ (of the [hill)"),
        ("Mr. Brown", 2, 2, "Harbour Walker"),
        ("nobody in particular", 1, 2, None),
        ("Harbour Walker", 1, 3, None),
    ]


def test_lists_and_quotes_stay_in_their_comment():
    document = _document("indented.txt")
    comments = document.comments()
    assert comments[2].start == comments[2].end
    assert "2. the school will fall after it,\n3 and nobody" in _words(document, comments[3])
    assert _words(document, comments[4]) == (
        "“The brigade lost the bakery and two checkpoints”\n\nIt did not lose the mill."
    )


def test_parts_run_in_the_order_of_the_text():
    document = _document("indented.txt")
    ends = 0
    for number, part in enumerate(document.parts, 1):
        assert part.id == f"p{number}"
        assert part.start >= ends
        ends = part.end
    assert ends == len(document.text)


def test_another_language_is_recovered_whole_and_said():
    text = (
        "Brücke wieder offen\n\n"
        + "Die Brücke über den Fluss ist seit Sonntag wieder offen, sagte der Bürgermeister. " * 5
        + "\n\n2 Kommentare\n\n  1. Rana K. sagt:\n\n    Ich war am Sonntag selbst dort.\n\n"
        + "    1. alter Maurer sagt:\n\n      Quelle?\n"
    )
    capture = Capture(payload=text.encode(), key="a.txt", media_type="text/plain")
    document = recover(capture)
    assert document.language == "de"
    assert "language" in [i.code for i in document.issues]
    assert [(c.author, c.depth) for c in document.comments()] == [
        ("Rana K.", 1),
        ("alter Maurer", 2),
    ]


def test_a_single_paragraph_is_the_body() -> None:
    words = "Troops left the town of Karvan on Monday, officials said. It was a clear day."
    document = recover(Capture(payload=words.encode(), key="-", media_type="text/plain"))
    assert document.headline is None and document.text == words
    assert [p.kind for p in document.parts] == ["body"]


def test_a_name_and_words_below_a_heading_of_the_thread_are_comments():
    document = _document("named.txt")
    comments = document.comments()
    assert [c.author for c in comments] == ["Maria K.", "bob22"]
    assert [_words(document, c) for c in comments] == [
        "I read it was five dead, not seven.",
        "Source? The mayor said seven.",
    ]


def test_names_before_the_words_below_a_heading_of_the_thread_are_comments():
    document = _document("spoken.txt")
    comments = document.comments()
    assert [c.author for c in comments] == ["Anna B", "bob22", "Anna B"]
    assert [_words(document, c) for c in comments] == [
        "Nine drivers? My cousin says it was eleven: two were let go first.\n"
        "And the road is not open.",
        "Source?",
        "@bob22 he drives the second bus.",
    ]
    body = [p for p in document.parts if p.kind == "body"][-1]
    assert document.text[body.start : body.end].endswith("told reporters at the scene.")


def test_colons_of_the_article_are_no_comments():
    """Without a heading of the thread, and below one where only some paragraphs open so."""
    words = (DUMPS / "spoken.txt").read_text(encoding="utf-8")
    bare = words.replace("3 comments\n", "")
    assert not recover(Capture(payload=bare.encode(), key="x", media_type="text/plain")).comments()
    few = words.replace("2 bob22: ", "It was long. ").replace("3 Anna B: @bob22 he", "Then he")
    document = recover(Capture(payload=few.encode(), key="x", media_type="text/plain"))
    assert not [c for c in document.comments() if c.author]


def test_short_paragraphs_below_a_heading_are_no_names_alone():
    words = (DUMPS / "named.txt").read_text(encoding="utf-8")
    words = words.replace("Maria K.\n", "").replace("bob22\n", "")
    document = recover(Capture(payload=words.encode(), key="x", media_type="text/plain"))
    assert not [c for c in document.comments() if c.author]


def test_the_last_short_paragraph_of_an_article_is_kept():
    words = (DUMPS / "spoken.txt").read_text(encoding="utf-8")
    words = words.replace("3 comments", "Read more\n\nThe road is open\n\n3 comments")
    document = recover(Capture(payload=words.encode(), key="x", media_type="text/plain"))
    assert "told reporters at the scene." in document.text
    assert "Read more" not in document.text and "The road is open\n" not in document.text
