"""From a phrase about what repeats to its rule, in the situation of whoever typed it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from botcore.when.errors import Impossible
from botcore.when.language import Language
from botcore.when.moment import span_words
from botcore.when.phrases import Limit, Pattern, Repeat
from botcore.when.rrule import ParsedRule
from botcore.when.rules import MAX_COUNT, MAX_INTERVAL, CalendarRule, ElapsedRule, Frequency, Rule, ShortMonths
from botcore.when.situation import NoteKind, Situation
from botcore.when.spans import Span, add_days, add_months
from botcore.when.times import TimeOfDay
from botcore.when.wall import instant_of

LAST_SECOND = time(23, 59, 59)
_FREQUENCIES: dict[str, Frequency] = {"daily": "daily", "weekly": "weekly", "monthly": "monthly", "yearly": "yearly"}
_SHORTEST_SECONDS = 60
_LONGEST_MONTH_OF_ALL_YEARS = 28

#: How many times of day a rule that picks some by their position may be made to look at.
_MAX_CANDIDATES = 10_000


def rule_of(phrase: Repeat, situation: Situation, language: Language) -> Rule:
    """The rule that a phrase means.

    Raises:
        Impossible: for what cannot repeat.
    """
    if situation.offset is not None and (phrase.offset is None or phrase.zone is None):
        written = phrase.offset or phrase.zone
        place = getattr(written, "place", None)
        sentence = "offset_repeats" if place is None else "abbreviation_repeats"
        raise Impossible(sentence, written=getattr(written, "written", ""), place=place)
    limit = _one_limit(phrase.limits, situation)
    pattern = _calendar_pattern(phrase.pattern)
    if pattern.frequency == "elapsed":
        return _elapsed(pattern, phrase, limit, situation, language)
    # "every day from monday at 9": the only time that is named is the time of day
    times = phrase.times or tuple(each for each in (limit.start_time or limit.until_time,) if each is not None)
    if not phrase.times:
        limit = replace(limit, start_time=None, until_time=None)
    rule = _calendar(pattern, times, limit, situation)
    start = None
    if limit.start is not None:
        clock, later = (time(), 0) if limit.start_time is None else limit.start_time.wall()
        start = datetime.combine(add_days(limit.start.find(situation, None), later), clock)
    _note_calendar(pattern, rule, situation)
    return _placed(rule, start, limit, situation)


def rule_of_parsed(parsed: ParsedRule, situation: Situation, language: Language) -> Rule:
    """The rule that a text as of RFC 5545 means.

    Raises:
        Impossible: for a rule that never happens or too often.
    """
    rule, start = parsed.rule, parsed.start
    if parsed.elapsed is not None:
        begin = situation.first or situation.at + timedelta(seconds=parsed.elapsed)
        if start is not None:
            begin = situation.instant(start)
        until = None if rule.until is None else instant_of(rule.until, situation.zone).instant
        situation.note(NoteKind.ELAPSED, span=span_words(Span.of(parsed.elapsed, "second"), language))
        return _happening(ElapsedRule(parsed.elapsed, begin, until, rule.count), situation)
    if rule.positions and rule.candidates * (rule.count or 1) > _MAX_CANDIDATES:
        raise Impossible("rrule_part", part="BYSETPOS", hint="hint_too_much")
    if not rule.times:
        rule = replace(rule, times=(_default_time(situation) if start is None else start.time(),))
    rule = _with_days(rule, situation.today if start is None else start.date())
    situation.note(NoteKind.WALL_CLOCK)
    # as of the RFC an interval counts from DTSTART, whether anything happens then or not
    return _placed(rule, start, Limit(count=rule.count), situation, counts_from=start)


def _one_limit(limits: tuple[Limit, ...], situation: Situation) -> Limit:
    merged = Limit()
    for limit in limits:
        for name in ("start", "until", "count", "span"):
            if getattr(limit, name) is None:
                continue
            taken = ["start"] if name == "start" else ["until", "count", "span"]
            if any(getattr(merged, other) is not None for other in taken):
                raise Impossible("limits_clash")
            merged = replace(
                merged,
                **{name: getattr(limit, name)},
                start_time=limit.start_time or merged.start_time,
                until_time=limit.until_time or merged.until_time,
                until_month=limit.until_month or merged.until_month,
            )
    if merged.count is not None and not 1 <= merged.count <= MAX_COUNT:
        if not merged.count:
            raise Impossible("no_times")
        raise Impossible("too_many_times", count=merged.count, most=MAX_COUNT)
    if merged.until_month and merged.until is not None:
        situation.note(NoteKind.UNTIL_MONTH, day=merged.until.find(situation, None))
    return merged


def _calendar_pattern(pattern: Pattern) -> Pattern:
    """``every 3 days`` is a pattern of the calendar, however it was written."""
    if pattern.interval > MAX_INTERVAL:
        raise Impossible("too_rare", most=MAX_INTERVAL)
    if pattern.interval < 1:
        raise Impossible("too_often")
    if pattern.span is None:
        return pattern
    months, days, seconds, business_days = pattern.span.settled()
    if sum(map(bool, (months, days, seconds))) > 1 or business_days:
        raise Impossible("calendar_span")
    if seconds:
        return pattern
    whole = _whole_unit(months, days)
    if whole.interval > MAX_INTERVAL:
        raise Impossible("too_rare", most=MAX_INTERVAL)
    return whole


def _whole_unit(months: int, days: int) -> Pattern:
    if months:
        return Pattern("monthly", months) if months % 12 else Pattern("yearly", months // 12)
    if days:
        return Pattern("daily", days) if days % 7 else Pattern("weekly", days // 7)
    raise Impossible("too_often")


def _elapsed(pattern: Pattern, phrase: Repeat, limit: Limit, situation: Situation, language: Language) -> ElapsedRule:
    if phrase.times:
        raise Impossible("times_and_hours")
    assert pattern.span is not None  # noqa: S101 - the grammar gives every elapsing pattern its span
    seconds = pattern.span.settled()[2]
    if seconds < _SHORTEST_SECONDS:
        raise Impossible("too_often")
    start = situation.first or situation.at + timedelta(seconds=seconds)
    if limit.start is not None:
        clock = (limit.start.default_time, 0) if limit.start_time is None else limit.start_time.wall()
        day = limit.start.find(situation, clock)
        start = situation.instant(datetime.combine(add_days(day, clock[1]), clock[0]))
    until = None
    if limit.span is not None:
        until = start + timedelta(seconds=_seconds(limit.span))
    elif limit.until is not None:
        until = instant_of(_until_wall(limit, situation), situation.zone).instant
    situation.note(NoteKind.ELAPSED, span=span_words(pattern.span, language))
    return _happening(ElapsedRule(seconds, start, until, limit.count), situation)


def _seconds(span: Span) -> int:
    months, days, seconds, business_days = span.settled()
    if months or business_days:
        raise Impossible("calendar_span")
    return days * 86_400 + seconds


def _calendar(pattern: Pattern, spoken: tuple[TimeOfDay, ...], limit: Limit, situation: Situation) -> CalendarRule:
    times = []
    for each in spoken:
        clock, later = each.wall()
        if later and pattern.frequency != "daily":
            raise Impossible("no_such_hour", hour=each.hour)
        times.append(clock)
    if not times:
        times = [_default_time(situation)]
    short: ShortMonths = "skip" if pattern.short_months == "skip" else "last"
    rule = CalendarRule(
        _FREQUENCIES[pattern.frequency],
        pattern.interval,
        times=tuple(sorted(set(times))),
        weekdays=pattern.weekdays,
        month_days=pattern.month_days,
        months=pattern.months,
    )
    rule = _with_days(rule, situation.today if limit.start is None else limit.start.find(situation, None))
    if depends_on_short_months(rule):
        rule = replace(rule, short_months=short)
    return replace(rule, week_start=situation.week_start)


def _default_time(situation: Situation) -> time:
    if situation.first is None:
        situation.note(NoteKind.DEFAULT_TIME, time=situation.default_time)
    return situation.default_time


def _with_days(rule: CalendarRule, day: date) -> CalendarRule:
    """The rule with the days that it does not name itself: those of its first day."""
    if rule.frequency == "weekly" and not rule.weekdays:
        return replace(rule, weekdays=((0, day.weekday()),))
    if rule.frequency == "monthly" and not (rule.weekdays or rule.month_days):
        return replace(rule, month_days=(day.day,))
    if rule.frequency == "yearly" and not (rule.weekdays or rule.month_days):
        return replace(rule, month_days=(day.day,), months=rule.months or (day.month,))
    return rule


def depends_on_short_months(rule: CalendarRule) -> bool:
    """Whether some of its months have no such day."""
    days = [day for day in rule.month_days if day > _LONGEST_MONTH_OF_ALL_YEARS]
    if not days or rule.weekdays:
        return False
    return not rule.months or any(day > _shortest(month) for day in days for month in rule.months)


def _shortest(month: int) -> int:
    return 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31


def _note_calendar(pattern: Pattern, rule: CalendarRule, situation: Situation) -> None:
    situation.note(NoteKind.WALL_CLOCK)
    if pattern.ambiguous and rule.weekdays[0][0] > 1:
        situation.note(NoteKind.NTH_WEEKDAY, weekday=rule.weekdays[0][1])
    if depends_on_short_months(rule):
        last = rule.short_months == "last"
        situation.note(NoteKind.SHORT_MONTHS_LAST if last else NoteKind.SHORT_MONTHS_SKIP)


def _placed(
    rule: CalendarRule,
    start: datetime | None,
    limit: Limit,
    situation: Situation,
    *,
    counts_from: datetime | None = None,
) -> CalendarRule:
    """Give the rule its beginning and its end.

    A beginning is kept only where something depends on it: an interval, a count, or somebody who named it. It is then
    the day of the first occurrence, so that the same rule has one form.
    """
    interval = 1 if counts_from is None else rule.interval
    free = replace(rule, interval=interval, start=counts_from, until=None, count=None)
    first = free.first(situation.now.replace(fold=0) + timedelta(seconds=1) if start is None else start)
    if first is None:
        raise Impossible("never")
    rule = replace(rule, week_start=_needed_week_start(rule))
    if start is not None or rule.interval > 1 or limit.count is not None or limit.span is not None:
        day = datetime.combine(first.date(), time())
        whole_day = replace(free, start=None, interval=1).first(day) == first
        rule = replace(rule, start=day if whole_day else first)
    if limit.span is not None:
        rule = replace(rule, until=_after_span(first, limit.span))
    elif limit.until is not None:
        rule = replace(rule, until=_until_wall(limit, situation))
    if limit.count is not None:
        reach = replace(rule, count=None).reach(limit.count)
        if reach < limit.count:
            raise Impossible("too_many_times", count=limit.count, most=reach)
        rule = replace(rule, count=limit.count)
    if rule.until is not None:
        rule = replace(rule, until=_settled_until(rule.until, rule.times))
    return _happening(rule, situation)


def _needed_week_start(rule: CalendarRule) -> int:
    """The first day of its weeks, or Monday where that puts the same days into the same weeks."""
    sides = {weekday >= rule.week_start for _nth, weekday in rule.weekdays}
    return rule.week_start if rule.frequency == "weekly" and rule.interval > 1 and len(sides) > 1 else 0


def _after_span(first: datetime, span: Span) -> datetime:
    months, days, seconds, business_days = span.settled()
    if business_days:
        raise Impossible("calendar_span")
    if seconds:
        return first + timedelta(days=days, seconds=seconds)
    return datetime.combine(add_days(add_months(first.date(), months), days - 1), LAST_SECOND)


def _until_wall(limit: Limit, situation: Situation) -> datetime:
    assert limit.until is not None  # noqa: S101 - both callers have looked
    if limit.until_time is None:
        return datetime.combine(limit.until.find(situation, None), LAST_SECOND)
    clock, later = limit.until_time.wall()
    return datetime.combine(add_days(limit.until.find(situation, (clock, later)), later), clock)


def _settled_until(until: datetime, times: tuple[time, ...]) -> datetime:
    """The same end at the end of a day, where no occurrence lies between."""
    if times[-1] <= until.time():
        return datetime.combine(until.date(), LAST_SECOND)
    if times[0] > until.time():
        return datetime.combine(until.date() - timedelta(days=1), LAST_SECOND)
    return until


def _happening[R: Rule](rule: R, situation: Situation) -> R:
    """The rule, if it happens at all; a note, if it has happened for the last time."""
    zone: ZoneInfo = situation.zone
    if rule.start is not None and rule.until is not None and rule.until < rule.start:
        raise Impossible("ends_before")
    if rule.after(situation.at, zone) is None:
        start = rule.start
        if start is None:
            raise Impossible("never" if rule.until is None else "ends_before")
        before = (start if start.tzinfo is not None else instant_of(start, zone).instant) - timedelta(seconds=1)
        if rule.after(before, zone) is None:
            raise Impossible("never")
        situation.note(NoteKind.PAST)
    return rule
