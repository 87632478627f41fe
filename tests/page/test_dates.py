"""Dates as pages print them."""

import pytest

from sayso.page import dates


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("August 3, 2019 at 4:11 am", "2019-08-03T04:11"),
        ("January 7, 2019, 10:05 PM", "2019-01-07T22:05"),
        ("12:30 am on 7 January 2019", "2019-01-07T00:30"),
        ("29. Mai 2019 um 17:39 Uhr", "2019-05-29T17:39"),
        ("14.09.2022 um 21.11", "2022-09-14T21:11"),
        ("13 Dezember, 2015 um 01:10", "2015-12-13T01:10"),
        ("19. Juni 2019 / 6:16", "2019-06-19T06:16"),
        ("le 22 juin 2018 @11h13", "2018-06-22T11:13"),
        ("7 de enero de 2019 a las 10:05", "2019-01-07T10:05"),
        ("7 января 2019 в 10:05", "2019-01-07T10:05"),
        ("7 يناير 2019", "2019-01-07"),
        ("2019年1月7日 10:05", "2019-01-07T10:05"),
        ("2019-01-07T10:05:30+02:00", "2019-01-07T10:05+02:00"),
        ("2019-01-07 10:05:30Z", "2019-01-07T10:05Z"),
        ("2019-09-18T08:56:40-0700", "2019-09-18T08:56-07:00"),
        ("07/01/19", "2019-01-07"),
        ("Le 17 juillet à 22:09", None),
        ("3 hours ago", None),
        ("version 2.0.1 of 35 pages", None),
        ("February 31 2019", None),
    ],
)
def test_iso(words, iso):
    stamp = dates.find(words)
    assert (stamp.iso if stamp else None) == iso


def test_no_year_is_invented():
    assert dates.find("Le 17 juillet à 22:09").edtf == "XXXX-07-17"


@pytest.mark.parametrize(
    ("texts", "language", "order"),
    [
        (["03/04/2019", "25/04/2019"], "en", "dmy"),
        (["03/04/2019", "04/25/2019"], "de", "mdy"),
        (["03/04/2019"], "en", "mdy"),
        (["03/04/2019"], "fr", "dmy"),
        ([], None, "dmy"),
    ],
)
def test_the_order_of_day_and_month_is_judged_over_a_page(texts, language, order):
    assert dates.day_order(texts, language) == order


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("MAY 2021", "2021-05"),
        ("Mai 2021:", "2021-05"),
        ("May 2021 was warm", None),
        ("2021", None),
    ],
)
def test_archive_headings(line, edtf):
    assert dates.month_year(line) == edtf
