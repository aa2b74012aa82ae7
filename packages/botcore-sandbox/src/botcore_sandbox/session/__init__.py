"""`botcore sandbox` itself: a sandbox with its page, the bot of all installed features beside it, and what to try.

Belongs here: who starts whom, the invented server that people find, what is kept over runs and what is watched for
changes. What the page shows does not.
"""
