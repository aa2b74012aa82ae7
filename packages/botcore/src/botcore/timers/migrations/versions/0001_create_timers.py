"""Create the table of timers."""

import sqlalchemy as sa
from alembic import op

from botcore.db import UtcDateTime

revision = "0001_create_timers"
down_revision = None


def upgrade() -> None:
    """Create it."""
    op.create_table(
        "timers_timer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("visible_at", UtcDateTime(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_timers_timer"),
        sa.UniqueConstraint("kind", "key", name="uq_timers_timer_kind_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_timers_timer_kind_visible_at",
        "timers_timer",
        ["kind", "visible_at"],
        sqlite_where=sa.text("visible_at IS NOT NULL"),
        postgresql_where=sa.text("visible_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Drop it, with every timer in it."""
    op.drop_table("timers_timer")
