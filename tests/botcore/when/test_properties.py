"""What holds for everything: what is said is read back, and nothing that is typed makes much work."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from botcore.when import CalendarRule, Duration, ElapsedRule, NotUnderstood, Recurrence, Timezone, When
from botcore.when.language import codes, read_language
from botcore.when.parsing import Parse
from botcore.when.tokens import MAX_TOKENS, TooLong, tokenize
from botcore.when.zones import zone_keys
from slow_phrases import SLOW

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RULES = ("moment", "duration", "recurrence")

#: Steps of the parser for a phrase of this language's grammar; the worst that was seen is a sixth of it.
MOST_STEPS = 40_000

zones = st.sampled_from(sorted(zone_keys().values())).map(ZoneInfo)
languages = st.sampled_from(codes())
seconds = st.integers(2 * 86_400, 32_503_500_000)  # from 1970 to the end of 2999
moments = seconds.map(lambda each: datetime.fromtimestamp(0, UTC) + timedelta(seconds=each))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59), st.sampled_from([0, 0, 30]))


@given(moments, zones, languages)
@settings(deadline=None, max_examples=300)
def test_a_moment_is_read_back(instant: datetime, zone: ZoneInfo, language: str):
    """In every zone and language, from 1970 to 2999, whatever the clocks do."""
    when = When(instant, zone)
    assert When.read(when.words(language), NOW, BERLIN, language=language) == when


@given(st.integers(0, 12_000), st.integers(0, 3660), st.integers(0, 10**8), languages)
@settings(deadline=None)
def test_a_length_is_read_back(months: int, days: int, seconds: int, language: str):
    """In every language."""
    duration = Duration(months, days, seconds)
    if months or days or seconds:
        assert Duration.read(duration.words(language), language=language) == duration


starts = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 - wall times
weekdays = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(
    lambda days: tuple((0, day) for day in sorted(days))
)
rules = st.one_of(
    st.builds(lambda times: f"FREQ=DAILY;BYHOUR={times}", st.integers(0, 23)),
    st.builds(
        lambda days, interval: "FREQ=WEEKLY;BYDAY=" + ",".join(DAYS[d] for _n, d in days) + f";INTERVAL={interval}",
        weekdays,
        st.integers(1, 5),
    ),
    st.builds(
        lambda day, interval: f"FREQ=MONTHLY;BYMONTHDAY={day};INTERVAL={interval}",
        st.integers(1, 31),
        st.integers(1, 5),
    ),
    st.builds(
        lambda nth, day: f"FREQ=MONTHLY;BYDAY={nth}{day}",
        st.sampled_from([1, 2, 3, 4, -1, -2]),
        st.sampled_from(["MO", "WE", "SU"]),
    ),
    st.builds(
        lambda day, month: f"FREQ=YEARLY;BYMONTHDAY={day};BYMONTH={month}", st.integers(1, 28), st.integers(1, 12)
    ),
    st.builds(
        lambda day, place: f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={place};BYHOUR={day}",
        st.integers(0, 23),
        st.sampled_from([1, -1]),
    ),
    st.builds(lambda count: f"FREQ=HOURLY;INTERVAL={count};COUNT={count}", st.integers(1, 100)),
)


@given(rules, starts, zones, languages)
@settings(deadline=None, max_examples=300)
def test_a_recurrence_is_read_back(rule: str, start: datetime, zone: ZoneInfo, language: str):
    """As the same rule in the same zone, whether a phrase says it or not."""
    recurrence = Recurrence.read(f"DTSTART:{start:%Y%m%dT%H%M%S} RRULE:{rule}", NOW, zone)
    if isinstance(recurrence.rule, ElapsedRule) and recurrence.rule.start != start.replace(tzinfo=zone).astimezone(UTC):
        return  # the first occurrence lies in a gap, and is said where the clocks put it
    assert Recurrence.read(recurrence.words(language), NOW, BERLIN, language=language) == recurrence


@given(rules, starts, zones)
@settings(deadline=None)
def test_occurrences_follow_one_another(rule: str, start: datetime, zone: ZoneInfo):
    """Each is later than the one before, and none lies between two."""
    recurrence = Recurrence.read(f"DTSTART:{start:%Y%m%dT%H%M%S} RRULE:{rule}", NOW, zone)
    begin = start.replace(tzinfo=UTC) - timedelta(days=2)
    found = [each.instant for each in islice(recurrence.occurrences(begin), 6)]
    assert found == sorted(set(found))
    for earlier, later in pairwise(found):
        assert recurrence.after(later - timedelta(seconds=1)) == later
        assert recurrence.after(earlier + (later - earlier) / 2) == later


@given(
    st.builds(
        CalendarRule,
        st.just("daily"),
        times=st.lists(clocks, min_size=1, max_size=3, unique=True).map(lambda each: tuple(sorted(each))),
    ),
    languages,
)
@settings(deadline=None)
def test_several_times_a_day_are_read_back(rule: CalendarRule, language: str):
    """Even where they are no product of hours and minutes."""
    recurrence = Recurrence(rule, BERLIN)
    assert Recurrence.read(recurrence.words(language), NOW, BERLIN, language=language) == recurrence


def vocabulary(code: str) -> list[str]:
    language = read_language(code)
    words = {word for table in language.tables.values() for spelling in table.values for word in spelling}
    words |= {
        "in",
        "at",
        "every",
        "the",
        "of",
        "and",
        "on",
        "until",
        "um",
        "am",
        "bis",
        "nach",
        "alle",
        "1",
        "9",
        "2nd",
    }
    return sorted(words | {"17:30", "31/12", "31.12.", "5pm", "(", ")", "europe/berlin", "utc+2", "1.5", "<t:1>"})


phrases = languages.flatmap(
    lambda code: st.tuples(
        st.just(code), st.lists(st.sampled_from(vocabulary(code)), max_size=MAX_TOKENS).map(" ".join)
    )
)


@given(phrases)
@settings(deadline=None, max_examples=300)
def test_any_words_make_bounded_work(phrase: tuple[str, str]):
    """However the words of a language are thrown together; the steps are counted, not timed."""
    code, text = phrase
    try:
        tokens = tokenize(text)
    except TooLong:
        return
    for rule in RULES:
        attempt = Parse(read_language(code), tokens, explain=True)
        attempt.whole(rule)
        assert attempt.steps <= MOST_STEPS


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("text", SLOW)
def test_phrases_made_to_be_slow_make_bounded_work(text: str, code: str):
    """Long lists and nested spans: the work grows with the square of the words at most."""
    tokens = tokenize(text)
    for rule in RULES:
        attempt = Parse(read_language(code), tokens, explain=True)
        attempt.whole(rule)
        assert attempt.steps <= MOST_STEPS


@given(st.text(max_size=2000))
@settings(deadline=None, max_examples=200)
def test_any_text_is_read_or_refused(text: str):
    """Nothing else ever comes out, and the refusal is a short sentence."""
    messages: list[str] = []
    for read in (
        lambda: When.read(text, NOW, BERLIN),
        lambda: Recurrence.read(text, NOW, BERLIN, language="de"),
        lambda: Duration.read(text),
        lambda: Timezone.read(text),
    ):
        try:
            read()
        except NotUnderstood as error:
            messages.append(error.message)
    assert all(0 < len(message) < 600 for message in messages)


@given(phrases)
@settings(deadline=None, max_examples=300)
def test_any_words_are_read_or_refused(phrase: tuple[str, str]):
    """And what was read, is read back."""
    code, text = phrase
    try:
        when = When.read(text, NOW, BERLIN, language=code)
    except NotUnderstood:
        return
    assert When.read(when.words(), NOW, BERLIN, language=when.language) == when
