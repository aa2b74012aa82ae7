"""Create polls, their options and their votes."""

import sqlalchemy as sa
from alembic import op

from botcore.db import UtcDateTime

revision = "0001_create_polls"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "polls_poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("question", sa.String(300), nullable=False),
        sa.Column("question_folded", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_polls_poll_guild_id_id", "polls_poll", ["guild_id", "id"])
    op.create_index(
        "ix_polls_poll_open",
        "polls_poll",
        ["guild_id", "id"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_polls_poll_behind",
        "polls_poll",
        ["id"],
        sqlite_where=sa.text("shown_revision < revision"),
        postgresql_where=sa.text("shown_revision < revision"),
    )
    op.create_table(
        "polls_option",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "position"),
        sa.ForeignKeyConstraint(["poll_id"], ["polls_poll.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "polls_vote",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("click_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "user_id"),
        sa.ForeignKeyConstraint(["poll_id"], ["polls_poll.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["poll_id", "position"],
            ["polls_option.poll_id", "polls_option.position"],
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_polls_vote_poll_id_position", "polls_vote", ["poll_id", "position"])


def downgrade() -> None:
    """Drop the three tables, votes first."""
    op.drop_table("polls_vote")
    op.drop_table("polls_option")
    op.drop_table("polls_poll")
