"""Every check of the project, in the environment that ``uv run`` has made: ``uv run nox``."""

import shutil

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "imports", "tests", "e2e", "page"]
nox.options.stop_on_first_error = False

CODE = ["packages", "examples", "tests", "tools", "benchmarks", "noxfile.py"]
TYPED = [
    "packages/botcore/src",
    "packages/botcore-sandbox/src",
    "packages/feature-polls/src",
    "packages/feature-reminders/src",
    "examples/01-dice/src",
    "examples/03-observer/src",
    "examples/04-tags/src",
    "examples/04-tags/tests",
    "examples/05-old-cog/src",
    "examples/05-old-cog/tests",
    "tests",
    "tools",
    "benchmarks",
]


@nox.session
def lint(session: nox.Session) -> None:
    session.run("ruff", "check", *CODE)
    session.run("ruff", "format", "--check", *CODE)


@nox.session
def types(session: nox.Session) -> None:
    session.run("mypy", *TYPED)


@nox.session
def imports(session: nox.Session) -> None:
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    session.run("pytest", "-m", "not e2e and not page and not fidelity", *session.posargs)


@nox.session
def e2e(session: nox.Session) -> None:
    session.run("pytest", "-m", "e2e", *session.posargs)


@nox.session
def page(session: nox.Session) -> None:
    """Visit the sandbox's page in Chromium; pictures of it are left in artifacts/."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        session.skip("there is no Chromium on this machine; Debian's package is called chromium")
    session.run("pytest", "-m", "page", *session.posargs)


@nox.session(default=False)
def texts(session: nox.Session) -> None:
    """Collect the texts of every package into its catalogues and compile them."""
    session.run("python", "-m", "tools.texts")


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Figures of one run, beside one another; it takes minutes, and what it says depends on the machine."""
    session.run("python", "-m", "benchmarks.timers")
    session.run("python", "-m", "benchmarks.reminders")
    session.run("python", "-m", "benchmarks.pipeline", *session.posargs)
    session.run("python", "-m", "benchmarks.installed")


@nox.session(default=False)
def fidelity(session: nox.Session) -> None:
    """What takes too long for every day: many more requests against the sandbox, and figures to read."""
    session.run("pytest", "tests/botcore_sandbox/test_fuzzing.py", env={"BOTCORE_FUZZ_EXAMPLES": "100"})
    session.run("pytest", "-m", "fidelity", "-s", *session.posargs)
