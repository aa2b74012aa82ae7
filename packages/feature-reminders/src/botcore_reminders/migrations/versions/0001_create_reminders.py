"""Create reminders, the ledger of their attempts, and what people have said about them."""

import sqlalchemy as sa
from alembic import op

from botcore.db import UtcDateTime

revision = "0001_create_reminders"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "reminders_preference",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_others", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.String(5), nullable=True),
        sa.Column("quiet_to", sa.String(5), nullable=True),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "reminders_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("recipient_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(8), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(200), nullable=True),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("own_zone", sa.Boolean(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("repeat", sa.Text(), nullable=True),
        sa.Column("late", sa.String(12), nullable=False),
        sa.Column("nag_seconds", sa.Integer(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.Integer(), nullable=True),
        sa.Column("missed_at", UtcDateTime(), nullable=True),
        sa.Column("missed_more", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(25), nullable=True),
        sa.Column("nag_of", UtcDateTime(), nullable=True),
        sa.Column("nags", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("origin_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    for columns in (
        ["owner_id", "state"],
        ["recipient_id", "state", "due_at"],
        ["channel_id", "place", "state"],
        ["state", "changed_at"],
    ):
        op.create_index(f"ix_reminders_reminder_{'_'.join(columns)}", "reminders_reminder", columns)
    op.create_index(
        "uq_reminders_reminder_copy", "reminders_reminder", ["owner_id", "origin_id", "origin_at"], unique=True
    )
    op.create_table(
        "reminders_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("occurrence", UtcDateTime(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(8), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(8), nullable=True),
        sa.Column("retry_at", UtcDateTime(), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminders_reminder.id"], ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_attempt_reminder_id_id", "reminders_attempt", ["reminder_id", "id"])
    op.create_index("ix_reminders_attempt_began_at", "reminders_attempt", ["began_at"])


def downgrade() -> None:
    """Drop the three tables, attempts first."""
    op.drop_table("reminders_attempt")
    op.drop_table("reminders_reminder")
    op.drop_table("reminders_preference")
