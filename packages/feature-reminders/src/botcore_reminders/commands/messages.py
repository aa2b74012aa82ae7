"""The messages that nobody asks for at that moment: the reminder, the question again, the notice, the summary."""

import re
from collections.abc import Sequence

import botcore as bc
from botcore_reminders.commands.hearing import buttons
from botcore_reminders.commands.moving import move_buttons
from botcore_reminders.commands.settings import NoMore
from botcore_reminders.commands.unread import Read
from botcore_reminders.commands.words import (
    LONGEST_CONTENT,
    length_words,
    mentions,
    on_one_line,
    refusal_words,
    repeat_words,
    shown,
)
from botcore_reminders.services.values import Delivery, Missed, Reminder, Where

_ = bc.translator(__name__)

_ROLE = re.compile(r"<@&(\d{1,20})>")
_MOST_PINGS = 100


class ReminderMessages:
    """Writes them, each in the language of its reminder."""

    def reminder(self, delivery: Delivery) -> bc.Message:
        """The reminder itself."""
        reminder = delivery.reminder
        with bc.using_locale(reminder.locale):
            content, rest = _spoken(reminder)
            return bc.Message(
                content=content,
                embeds=(*rest, *_facts(delivery)),
                components=(*buttons(reminder, delivery.occurrence), *_no_more(reminder)),
                mentions=_pings(delivery),
            )

    def nag(self, delivery: Delivery, times: int) -> bc.Message:
        """The reminder again."""
        reminder = delivery.reminder
        with bc.using_locale(reminder.locale):
            line = _("Still to be done, since {when}. I ask again until you press Done.")
            embed = bc.EmbedBuilder.warning(
                line.replace("{when}", str(bc.timestamp(delivery.occurrence, bc.TimestampStyle.RELATIVE)))
            ).footer(_.plural("Asked {count} time", "Asked {count} times", times).format(count=times))
            content, rest = _spoken(reminder)
            return bc.Message(
                content=content,
                embeds=(*rest, embed),
                components=buttons(reminder, delivery.occurrence),
                mentions=_pings(delivery),
            )

    def notice(self, delivery: Delivery) -> bc.Message:
        """That a reminder waits; what it says is read in private."""
        reminder = delivery.reminder
        with bc.using_locale(reminder.locale):
            text = _("{member}, a reminder waits for you, and I cannot write to you directly.")
            return bc.Message(
                content=f"⏰ {text.replace('{member}', f'<@{reminder.recipient_id}>')}",
                components=(Read.button(reminder.id, int(delivery.occurrence.timestamp()), label=_("Read it")),),
                mentions=bc.AllowedMentions(users=delivery.pings),
            )

    def summary(self, missed: Sequence[Missed], count: int) -> bc.Message:
        """What was missed, in one message."""
        with bc.using_locale(missed[0].reminder.locale):
            head = _.plural(
                "While I was not running, {count} reminder was missed:",
                "While I was not running, {count} reminders were missed:",
                count,
            ).format(count=count)
            lines = [_missed_line(each) for each in missed]
            if count > len(missed):
                lines.append(
                    _("… and {count} more; /remind history shows each of them.").format(count=count - len(missed))
                )
            return bc.Message(content=f"⏰ {head}", embeds=(bc.EmbedBuilder.warning("\n".join(lines)),))

    def parked(self, reminder: Reminder, code: int) -> bc.Message:
        """That it could not be delivered."""
        with bc.using_locale(reminder.locale):
            text = _("Your reminder could not be delivered: {why}").replace("{why}", refusal_words(code))
            way_out = _("It is kept. /remind resume tries again, /remind edit changes it.")
            embed = bc.EmbedBuilder.warning(f"{text}\n> {shown(on_one_line(reminder.text, 300))}\n{way_out}")
            return bc.Message(embeds=(embed,))

    def move(self, locale: str, count: int, before: str, after: str) -> bc.Message:
        """What is to become of reminders after a move."""
        with bc.using_locale(locale):
            return move_question(count, before, after)


def move_question(count: int, before: str, after: str) -> bc.Message:
    """Asks, in the active language."""
    text = _.plural(
        "You live in {after} now, and {count} reminder of yours is on the clocks of {before}.",
        "You live in {after} now, and {count} reminders of yours are on the clocks of {before}.",
        count,
    ).format(after=after, before=before, count=count)
    return bc.Message(
        embeds=(bc.EmbedBuilder.info("{text}\n{question}", text=text, question=_("What is to stay the same?")),),
        components=move_buttons(),
    )


def _spoken(reminder: Reminder) -> tuple[str, Sequence[bc.EmbedBuilder]]:
    """The text as the message itself; below it, whole, where its escapes make it longer than a message may be."""
    text = shown(reminder.text)
    if len(content := f"{_head(reminder)} {text}") <= LONGEST_CONTENT:
        return content, ()
    named = " ".join(mentions(reminder.text))  # only the message itself pings
    return f"{_head(reminder)} {named}".rstrip(), (bc.EmbedBuilder().description(text),)


def _head(reminder: Reminder) -> str:
    """For whom it is, where that is worth a word."""
    if reminder.from_another:
        return f"⏰ {_('{member} wants you to be reminded:').replace('{member}', f'<@{reminder.owner_id}>')}"
    return f"⏰ <@{reminder.recipient_id}>" if reminder.where is Where.HERE else "⏰"


def _facts(delivery: Delivery) -> Sequence[bc.EmbedBuilder]:
    """What there is to say beside the text; mostly nothing."""
    reminder, lines = delivery.reminder, []
    late = delivery.late_by.total_seconds() >= 60  # noqa: PLR2004 - less than a minute is nothing that anybody notices
    if late:
        text = _("This was due {when} and comes {late} late.")
        late_words = length_words(delivery.late_by, reminder.locale)
        when = bc.timestamp(delivery.occurrence, bc.TimestampStyle.LONG)
        lines.append(text.replace("{when}", str(when)).replace("{late}", late_words))
    if delivery.more:
        lines.append(
            _.plural("{count} further time was missed.", "{count} further times were missed.", delivery.more).format(
                count=delivery.more
            )
        )
    if (repeat := repeat_words(reminder.schedule, reminder.locale)) is not None:
        lines.append(f"🔁 {bc.escape(repeat)}")
    if reminder.link is not None:
        lines.append(f"[{_('The message')}]({reminder.link})")
    if reminder.where is Where.CHANNEL:
        lines.append(_("From {member}").replace("{member}", f"<@{reminder.owner_id}>"))
    if not lines:
        return ()
    text = "\n".join(lines)
    return (bc.EmbedBuilder.warning(text) if late else bc.EmbedBuilder.info(text),)


def _no_more(reminder: Reminder) -> Sequence[bc.Button]:
    return (NoMore.button(label=_("No more from others"), emoji="🔕"),) if reminder.from_another else ()


def _missed_line(missed: Missed) -> str:
    when = bc.timestamp(missed.occurrence, bc.TimestampStyle.SHORT)
    more = f" (+{missed.more})" if missed.more else ""
    return f"{when}{more} {shown(on_one_line(missed.reminder.text, 120))}"


def _pings(delivery: Delivery) -> bc.AllowedMentions:
    """Whom the text names, of those who may be pinged."""
    allowed = set(delivery.role_pings)
    roles = [role for role in map(int, _ROLE.findall(delivery.reminder.text)) if role in allowed]
    return bc.AllowedMentions(users=delivery.pings[:_MOST_PINGS], roles=roles[:_MOST_PINGS])
