"""Native polls."""

from datetime import datetime
from typing import Any

from botcore_sandbox.payloads import timestamp
from botcore_sandbox.state.messages import Poll


def poll_payload(poll: Poll, now: datetime) -> dict[str, Any]:
    """A poll with its counts (`PollResponse`); a bot cannot vote, so `me_voted` is never true."""
    return {
        "question": {"text": poll.question},
        "answers": [{"answer_id": number, "poll_media": media} for number, media in poll.answers.items()],
        "expiry": timestamp(poll.expires_at),
        "allow_multiselect": poll.multiple,
        "layout_type": poll.layout,
        "results": {
            "is_finalized": poll.closed(now),
            "answer_counts": [
                {"id": number, "count": len(voters), "me_voted": False}
                for number, voters in poll.votes.items()
                if voters
            ],
        },
    }
