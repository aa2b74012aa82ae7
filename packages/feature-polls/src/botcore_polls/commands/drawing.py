"""How a poll looks: the public message, the bars and the result."""

import botcore as bc
from botcore_polls.commands.voting import Choose, Vote
from botcore_polls.services.values import Tally

_ = bc.translator(__name__)

MOST_BUTTONS = 10
"""Two rows of buttons still read well; more options become a list."""

MOST_NAMED = 5
"""A tie between more options than these is told by their number; their bars show which they are."""

_SEGMENTS = 10
_FULL, _EMPTY = "▰", "▱"


class PollMessages:
    """Draws public messages for the live tally, each in the language of its poll."""

    def paint(self, tally: Tally) -> bc.Message:
        """The whole message."""
        with bc.using_locale(tally.poll.locale):
            return poll_message(tally)


def poll_message(tally: Tally) -> bc.Message:
    """The public message: the count, and something to vote with while the poll is open."""
    embed = result_embed(tally) if not tally.poll.is_open else _open_embed(tally)
    return bc.Message(embeds=(embed,), components=_components(tally) if tally.poll.is_open else ())


def result_embed(tally: Tally) -> bc.EmbedBuilder:
    """The numbers of a poll that is closed, with who won."""
    poll = tally.poll
    text = f"🔒 **{{question}}**\n{_('Closed')} · {_verdict(tally)}"
    embed = bc.EmbedBuilder.success(text, question=poll.question, **_winners(tally))
    return _with_bars(embed, tally).footer(_voters(tally))


def standing_embed(tally: Tally) -> bc.EmbedBuilder:
    """The numbers of a poll for one member who asks, open or closed; open ones say since when."""
    if not tally.poll.is_open:
        return result_embed(tally)
    since = _("Open since {moment}").format(moment=bc.timestamp(tally.poll.created_at))
    embed = bc.EmbedBuilder.info(f"📊 **{{question}}**\n{since}", question=tally.poll.question)
    return _with_bars(embed, tally).footer(_voters(tally))


def bar(count: int, total: int) -> str:
    """A bar of ten segments. Only nobody shows none of them, and only everybody shows all."""
    filled = (2 * _SEGMENTS * count + total) // (2 * total) if total else 0
    if 0 < count < total:
        filled = min(max(filled, 1), _SEGMENTS - 1)
    return _FULL * filled + _EMPTY * (_SEGMENTS - filled)


def _open_embed(tally: Tally) -> bc.EmbedBuilder:
    embed = bc.EmbedBuilder.info("📊 **{question}**", question=tally.poll.question)
    how = (
        _("One vote each; press the same button again to withdraw it.")
        if len(tally.poll.options) <= MOST_BUTTONS
        else _("One vote each; choose nothing to withdraw it.")
    )
    return _with_bars(embed, tally).footer(f"{_voters(tally)} · {how}")


def _with_bars(embed: bc.EmbedBuilder, tally: Tally) -> bc.EmbedBuilder:
    """One field an option: 25 of the longest labels still fit, which a description could not promise."""
    for position, label in enumerate(tally.poll.options):
        count = tally.counts[position]
        shown = f"{bar(count, tally.total)} {tally.percent(position)} % · {count}"
        embed.field("{label}", shown, label=label)
    return embed


def _voters(tally: Tally) -> str:
    return _.plural("{count} member voted", "{count} members voted", tally.total).format(count=tally.total)


def _verdict(tally: Tally) -> str:
    """A template with the names of `_winners`."""
    winners = len(tally.winners)
    votes = _.plural("{count} vote", "{count} votes", max(tally.counts)).format(count=max(tally.counts))
    if winners == 0:
        return _("Nobody voted.")
    if winners == 1:
        return f"🏆 {_('**{winner}** wins')} ({votes})"
    if winners > MOST_NAMED:
        return f"🤝 {_('A tie between {number} options').format(number=winners)} ({votes})"
    names = ", ".join(f"**{{winner{number}}}**" for number in range(winners))
    return f"🤝 {_('A tie')}: {names} ({votes})"


def _winners(tally: Tally) -> dict[str, str]:
    if len(tally.winners) == 1:
        return {"winner": tally.winners[0]}
    return {f"winner{number}": label for number, label in enumerate(tally.winners)}


def _components(tally: Tally) -> tuple[bc.Button | bc.Select, ...]:
    poll = tally.poll
    if len(poll.options) <= MOST_BUTTONS:
        return tuple(Vote.button(poll.id, position, label=label) for position, label in enumerate(poll.options))
    options = [bc.SelectOption(label=label, value=str(position)) for position, label in enumerate(poll.options)]
    return (Choose.select(poll.id, options=options, placeholder=_("Choose one"), min_values=0),)
