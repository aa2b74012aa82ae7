"""A feature that ends its own process with signal 9 at a chosen point of a delivery, for tests of what survives it.

The points are named after what a delivery writes into its ledger: ``begin`` is the transaction that writes an attempt
down before its message is sent, ``end`` the one that says what became of it. Where the process dies comes from its
environment: ``DIE_AT`` names the point, ``DIE_AFTER`` how often it is passed before. ``WITNESS`` is a file in which the
process notes each attempt that it begins.
"""

CODE = """
import os
import signal

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

import botcore as bc

DIE_AT = os.environ.get("DIE_AT", "")
WITNESS = os.environ.get("WITNESS", "")
lives = [int(os.environ.get("DIE_AFTER", "0"))]


def reach(point):
    if point == DIE_AT:
        lives[0] -= 1
        if lives[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def look(connection, cursor, statement, parameters, context, executemany):
    head = statement.partition(" WHERE ")[0]
    if head.startswith("INSERT INTO reminders_attempt"):
        connection.info["writes"] = "begin"
        if WITNESS:
            with open(WITNESS, "a") as file:
                file.write(f"{os.getpid()}\\n")
    elif head.startswith("UPDATE reminders_attempt") and "outcome=" in head:
        reach("before end is written")
        connection.info["writes"] = "end"


def before_commit(session):
    writes = session.info["writes"] = session.connection().info.pop("writes", None)
    reach(f"before {writes} is committed")


def after_commit(session):
    reach(f"after {session.info.pop('writes', None)} was committed")


class Feature(bc.BaseFeature):
    name = "mortal"

    async def start(self, services):
        event.listen(Engine, "before_cursor_execute", look)
        event.listen(Session, "before_commit", before_commit)
        event.listen(Session, "after_commit", after_commit)
"""

POINTS = (
    "before begin is committed",
    "after begin was committed",
    "before end is written",
    "before end is committed",
    "after end was committed",
)
