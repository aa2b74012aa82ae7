"""``botcore features check``: what a package has to fulfil before anybody installs it.

Belongs here: one module for each thing that is checked, and what they are run by. Does not: what registration checks
anyway (names, limits, the graph of services), which is asked of registration itself.

Start reading at `package`: it builds the wheel and unpacks it beside nothing else; `inside` then runs in a process of
its own, where the unpacked wheel comes first, so that what is checked is what would be installed.
"""

from botcore.app.checks.findings import Finding, Verdict
from botcore.app.checks.package import check_package

__all__ = ["Finding", "Verdict", "check_package"]
