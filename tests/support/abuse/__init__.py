"""The abuse table: requests that Discord refuses, each with its status, code and error tree.

One module for each area, every case a row of data. What answers them, and how many there are, is in the tests.
A case says whether Discord's OpenAPI description refuses the body too, or whether the rule is hand-written because
the description misses it. Error codes that begin with `SANDBOX_` are the sandbox's own: Discord refuses the same
request, but nobody has written down with which code.
"""

from abuse import answers, commands, components, embeds, messages, polls
from abuse.case import Case

AREAS: dict[str, tuple[Case, ...]] = {
    "messages": messages.CASES,
    "embeds": embeds.CASES,
    "components": components.CASES,
    "polls": polls.CASES,
    "commands": commands.CASES,
    "command lists": commands.LISTS,
    "answers": answers.CASES,
    "suggestions": answers.SUGGESTIONS,
    "modals": answers.MODALS,
}
