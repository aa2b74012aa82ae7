"""Messages without embeds and components: text, flags, mentions, files and replies."""

from abuse.case import NEEDED, NO_FLAG, NO_LIST, REPEATED, Case, at_most, no_number, one_of, plain

EMPTY = (50006, "Cannot send an empty message")

CASES = (
    Case("text over 2000", {"content": "x" * 2001}, {"content": at_most(2000)}),
    Case("text over 4000", {"content": "x" * 4001}, {"content": at_most(2000)}, described=True),
    Case(
        "text that is an object",
        {"content": {"a": 1}},
        {"content": ("STRING_TYPE_CONVERT", "Could not interpret \"{'a': 1}\" as string.")},
        described=True,
    ),
    plain("nothing at all", {}, *EMPTY),
    plain("empty text", {"content": ""}, *EMPTY),
    plain("white space only", {"content": " \n\t"}, *EMPTY),
    plain("empty lists only", {"embeds": [], "components": []}, *EMPTY),
    Case("a flag that is a word", {"content": "x", "tts": "yes"}, {"tts": NO_FLAG}, described=True),
    Case("flags that are a word", {"content": "x", "flags": "many"}, {"flags": no_number("many")}, described=True),
    Case(
        "nonce over 25",
        {"content": "x", "nonce": "n" * 26},
        {"nonce": ("NONCE_TYPE_TOO_LONG", "Must be 25 or fewer characters long.")},
        described=True,
    ),
    Case(
        "nonce that is a list",
        {"content": "x", "nonce": [1]},
        {"nonce": ("NONCE_TYPE_INVALID_TYPE", "This field must be a string or integer.")},
        described=True,
    ),
    Case(
        "mentions of an unknown kind",
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        {"allowed_mentions.parse.0": one_of("('roles', 'users', 'everyone')")},
        described=True,
    ),
    Case(
        "mentions of a kind twice",
        {"content": "x", "allowed_mentions": {"parse": ["users", "users"]}},
        {"allowed_mentions.parse.1": REPEATED},
        described=True,
    ),
    Case(
        "mentions of all users and of some",
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        {
            "allowed_mentions": (
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                'parse:["users"] and users: [ids...] are mutually exclusive.',
            )
        },
    ),
    Case(
        "mentions of all roles and of some",
        {"content": "x", "allowed_mentions": {"parse": ["roles"], "roles": ["1"]}},
        {
            "allowed_mentions": (
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                'parse:["roles"] and roles: [ids...] are mutually exclusive.',
            )
        },
    ),
    Case(
        "mentions of 101 users",
        {"content": "x", "allowed_mentions": {"users": [str(number) for number in range(101)]}},
        {"allowed_mentions.users": at_most(100)},
        described=True,
    ),
    Case(
        "mention of somebody without an id",
        {"content": "x", "allowed_mentions": {"users": ["alice"]}},
        {"allowed_mentions.users.0": no_number("alice", "snowflake")},
        described=True,
    ),
    Case(
        "a file that was not sent",
        {"content": "x", "attachments": [{"id": 0, "filename": "a.txt"}]},
        {"attachments.0": ("ATTACHMENT_NOT_FOUND", "Attachment data not found")},
    ),
    Case(
        "a file without an id",
        {"content": "x", "attachments": [{"filename": "a.txt"}]},
        {"attachments.0.id": NEEDED},
        described=True,
    ),
    Case(
        "files that are no list", {"content": "x", "attachments": {"id": 0}}, {"attachments": NO_LIST}, described=True
    ),
    Case(
        "a reply to nothing",
        {"content": "x", "message_reference": {"message_id": "1"}},
        {"message_reference": ("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")},
    ),
    Case(
        "a reply to another channel",
        {"content": "x", "message_reference": {"channel_id": "1", "message_id": "1"}},
        {
            "message_reference": (
                "REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL",
                "Cannot reply to a message in a different channel",
            )
        },
    ),
    Case(
        "a reply without a message",
        {"content": "x", "message_reference": {"type": 0}},
        {"message_reference.message_id": NEEDED},
        described=True,
    ),
)
