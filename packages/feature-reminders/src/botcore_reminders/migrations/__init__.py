"""The history of the tables. Revisions are in ``versions``; a revision that was released is never changed."""
