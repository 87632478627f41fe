"""Pages of no known platform: repeated blocks and embedded data."""

import json

from sayso.page import dom, embedded, generic
from sayso.page.selectors import Page


def _block(name, day, words, inner=""):
    return (
        f"<div class='opinion'><div class='who'><strong class='username'>{name}</strong>"
        f"<span class='when-date'>{day} January 2019 at 10:05</span></div>"
        f"<div class='opinion-text'><p>{words}</p></div><a class='x'>Reply</a></div>{inner}"
    )


PAGE = "<div class='comments-zone'>{}</div>".format(
    _block("Rana K.", 7, "The bridge was open on Sunday, and I crossed it.")
    + "<div class='answers'>"
    + _block("old mason", 8, "Who says that it was open on Sunday?")
    + "<div class='answers'>"
    + _block("Rana K.", 8, "I do, as I was there myself.")
    + "</div></div>"
    + _block("third", 9, "It is closed now, whatever anybody says.")
)


def _rows(comments):
    return [(c.author, c.published, c.parent, c.text) for c in comments]


def test_repeated_blocks_are_a_thread():
    found = generic.recover(Page(dom.parse(PAGE)), "en")
    assert _rows(found.comments) == [
        ("Rana K.", "2019-01-07T10:05", None, "The bridge was open on Sunday, and I crossed it."),
        ("old mason", "2019-01-08T10:05", 0, "Who says that it was open on Sunday?"),
        ("Rana K.", "2019-01-08T10:05", 1, "I do, as I was there myself."),
        ("third", "2019-01-09T10:05", None, "It is closed now, whatever anybody says."),
    ]


def test_lists_of_other_articles_and_recent_comments_are_no_thread():
    teasers = PAGE.replace("comments-zone", "latest-news").replace("opinion", "story")
    recent = PAGE.replace("comments-zone", "widget_recent_comments")
    for page in (teasers, recent):
        assert generic.recover(Page(dom.parse(page)), "en") is None


def test_comments_in_json_ld():
    data = {
        "@type": "NewsArticle",
        "comment": [
            {
                "@type": "Comment",
                "text": "The bridge was open &amp; free.",
                "author": {"name": "Rana K."},
                "dateCreated": "2019-01-07T10:05:00+02:00",
                "comment": [{"@type": "Comment", "text": "Source?", "author": "old mason"}],
            },
            {"@type": "CommentAction", "text": "no"},
        ],
    }
    page = f"<script type='application/ld+json'>{json.dumps(data)}</script><p>x</p>"
    assert _rows(embedded.comments(Page(dom.parse(page)))) == [
        ("Rana K.", "2019-01-07T10:05+02:00", None, "The bridge was open & free."),
        ("old mason", None, 0, "Source?"),
    ]


def test_comments_in_disqus_data():
    posts = [
        {"id": "9", "parent": None, "message": "<p>Open.</p>", "author": {"name": "Rana K."}},
        {"id": "10", "parent": 9, "raw_message": "Source?", "createdAt": "2019-01-08T09:00:00"},
    ]
    data = json.dumps({"response": {"posts": posts}})
    page = f"<script type='text/json' id='disqus-threadData'>{data}</script><p>x</p>"
    assert _rows(embedded.comments(Page(dom.parse(page)))) == [
        ("Rana K.", None, None, "Open."),
        (None, "2019-01-08T09:00", 0, "Source?"),
    ]
