"""Create the table."""

import sqlalchemy as sa
from alembic import op

from botcore.db import UtcDateTime

revision = "0001_create_tags"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create it."""
    op.create_table(
        "tags_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags_tag")),
        sa.UniqueConstraint("guild_id", "name", name=op.f("uq_tags_tag_guild_id_name")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("tags_tag")
