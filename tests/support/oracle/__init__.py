"""Discord's published API description as a judge of what a bot sends and the sandbox answers.

`description` finds and corrects the description, `judge` compares calls with it, `session` keeps the score of a
whole test run. Only tests know it: the sandbox itself never reads the description, or it could not be checked
against it.
"""
