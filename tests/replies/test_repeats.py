"""Which words of the answered comment a reply repeats."""

import pytest

from sayso.reading.reply_repeats import repeats

PARENT = (
    "The bridge at Oma fell on Monday, and “soon” the whole east bank will be cut off for good."
)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ('"Cut off"? There are two ferries.', ['"Cut off"']),
        ("They said “the whole east bank” last year too.", ["“the whole east bank”"]),
        ("'Cut off' is a big word.", ["'Cut off'"]),
        ("“Monday”? It was Sunday.", ["“Monday”"]),
        ("So the bridge at Oma fell on Monday and nobody saw it.", []),
        ('A 5" gun is big. You said "on Monday" but no.', ['"on Monday"']),
        ("“«the whole east bank» is theirs”, he says.", ["«the whole east bank»"]),
        ("The '90s were bad, the boys' bridge at Oma.", []),
        ('"____" is all you say, "I" too.', []),
        ("The bridge fell on Monday.", []),
        ("“Soon” is what they always say.", []),
        ("“East”, you say?", ["“East”"]),
        ("“At” is the word.", []),
        ("“Cut offs” are nothing new.", []),
        ("It's the ferry's fault, isn't it, the ferry's own 'fault'.", []),
        ("Nothing of it is true.", []),
        ("", []),
    ],
)  # fmt: skip
def test_words_that_are_repeated(reply: str, words: list[str]) -> None:
    assert [reply[a:b] for a, b in repeats(reply, PARENT)] == words


def test_a_figure_is_repeated() -> None:
    assert list(repeats("“40”? Try 12.", "There were 40 of them.")) == [(0, 4)]
