"""What botcore costs, beside bare nextcord in the same run; ``nox -s bench`` runs it and nothing asserts on time."""
