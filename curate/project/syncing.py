"""Sync the project with one on a Label Studio server, both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError
from curate.project.activity import utc_now
from curate.project.fitting import fitting
from curate.project.proposals import Proposals, with_fates
from curate.project.syncing_alone import alone
from curate.store.remote import RemoteProject
from curate.sync import configuring
from curate.sync.access import Login, drop_token, find_token, keep_token, servers
from curate.sync.addresses import parse_address
from curate.sync.job import Job, People
from curate.sync.plan import GOLD, Act, Action, Direction, Plan, Question, Side
from curate.sync.remote import KNOWN, Remote
from curate.sync.run import Outcome, preview, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Event

    from curate.model.annotation import Annotation
    from curate.project.opening import Project
    from curate.store.encoding import Json

    Progress = Callable[[int, int, str], None]

__all__ = [
    "Act", "Action", "Direction", "LoggedIn", "Outcome", "Plan", "Question", "Remote", "Side",
    "SyncState",
    "link", "linked", "log_in", "log_out", "look", "map_annotator", "mapped", "open_remote",
    "questions", "resolve", "state", "sync",
]  # fmt: skip

USERS: Final = "sync.users"
"""Setting of a project: annotator → e-mail address of the user there."""
CURRENT: Final = "sync.current"
"""Setting of a project: number of the link that is in use."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What came of logging in."""

    login: Login
    version: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is known of the other side without asking it."""

    link: RemoteProject
    tasks: int
    annotations: int
    open: tuple[Action, ...]

    def as_json(self) -> dict[str, object]:
        """The state as values that JSON can hold."""
        return {
            "server": self.link.server,
            "project": self.link.project,
            "title": self.link.title,
            "synced": self.link.at,
            "tasks": self.tasks,
            "annotations": self.annotations,
            "open": [action.as_json() for action in self.open],
        }


# ---------------------------------------------------------------- access


def log_in(url: str, token: str) -> LoggedIn:
    """Check a token with the server, and keep it.

    Raises `CurateError` when the address is of something else or the token is not
    taken, `WorldError` when the server cannot be reached.
    """
    address = parse_address(url.partition("/projects")[0])
    with Remote(address, token) as remote:
        account = remote.check()
    login = keep_token(address.url, account.email, token.strip())
    warnings = [] if address.warning is None else [address.warning]
    if not account.version.startswith(f"{KNOWN}."):
        warnings.append(
            f"the server is Label Studio {account.version}; curate is tested with {KNOWN}"
        )
    return LoggedIn(login, account.version, tuple(warnings))


def log_out(url: str | None = None) -> str:
    """Forget the token for a server, the only one if none is named; return its address."""
    known = _server(url)
    if not drop_token(known):
        raise CurateError(f"you are not logged in with {known}", "`curate sync status`")
    return known


def open_remote(
    project: Project | None = None,
    url: str | None = None,
    *,
    is_new: bool = False,
    stop: Event | None = None,
) -> Remote:
    """The server that the project is synced with, or else the one the user is logged in with.

    `is_new`: another link is about to be made, so that the one there says nothing.
    `stop`: once it is set, the next request raises `WorldError` instead of going out.
    """
    current = linked(project) if project is not None and url is None and not is_new else None
    address = parse_address(current.server if current is not None else _server(url))
    token = find_token(address.url)
    if stop is None:
        return Remote(address, token)
    return Remote(address, token, pause=stop.wait, halted=stop.is_set)


def _server(url: str | None) -> str:
    """The address that is meant: the one named, else the only one known."""
    if url is not None:
        return parse_address(url.partition("/projects")[0]).url
    known = servers()
    if len(known) == 1:
        return known[0].url
    if not known:
        raise CurateError("you are logged in with no Label Studio", "`curate sync login URL`")
    raise CurateError(
        f"you are logged in with {len(known)} servers: {', '.join(s.url for s in known)}",
        "say which one with --server URL",
    )


# ---------------------------------------------------------------- which project there


def linked(project: Project) -> RemoteProject | None:
    """The project on a server that this project is synced with, or None."""
    current = project.store.settings.get(CURRENT)
    known = project.store.remotes.projects()
    return next((link for link in known if link.number == current), None)


def link(
    project: Project, remote: Remote, *, number: int | None = None, create: str | None = None
) -> RemoteProject:
    """Sync from now on with a project there: of a number, or a new one with the title `create`.

    Raises `CurateError` when that project is of another schema.
    """
    if create is not None:
        if not 3 <= len(create) <= 50:
            raise CurateError(
                f"Label Studio takes titles of 3 to 50 letters, not {len(create)}",
                "choose another title",
            )
        info = configuring.create(remote, project.schema, create)
    elif number is not None:
        info = remote.project(number)
        configuring.check(info, project.schema)
    else:
        raise CurateError(
            "this project is not synced with anything yet",
            "say with what: --project NUMBER, or --create TITLE for a new one",
        )
    made = project.store.remotes.add(remote.address.url, info.id, info.title or "")
    project.store.settings[CURRENT] = made.number
    return made


def state(project: Project) -> SyncState | None:
    """What is known of the other side; None if the project is synced with nothing."""
    current = linked(project)
    if current is None:
        return None
    tasks, annotations, _ = project.store.remotes.counts(current.number)
    return SyncState(current, tasks, annotations, tuple(questions(project)))


# ---------------------------------------------------------------- who is who


def mapped(project: Project) -> Mapping[str, str]:
    """Which annotator is which user there: annotator → e-mail address."""
    held = project.store.settings.get(USERS)
    return {k: str(v) for k, v in held.items()} if isinstance(held, dict) else {}


def map_annotator(project: Project, annotator: str, email: str | None) -> None:
    """Say that an annotator is a user there, or no longer."""
    held: dict[str, Json] = dict(mapped(project))
    if email is None:
        held.pop(annotator, None)
    elif "@" not in email or any(c.isspace() for c in email):
        raise CurateError(f"{email} is no e-mail address", "as in a1=amal@example.org")
    else:
        taken = next((a for a, e in held.items() if e == email and a != annotator), None)
        if taken is not None:
            raise CurateError(f"{email} is {taken} already", f"`curate sync map {taken}=` first")
        held[annotator] = email
    project.store.settings[USERS] = held


# ---------------------------------------------------------------- syncing


def look(
    project: Project,
    remote: Remote,
    direction: Direction = Direction.BOTH,
    *,
    full: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """What a sync would do; nothing is written on either side."""
    job = _job(project, remote)
    configuring.check(remote.project(job.project), project.schema)
    return preview(job, direction, full=full, progress=progress)


def sync(
    project: Project,
    remote: Remote,
    direction: Direction = Direction.BOTH,
    *,
    full: bool = False,
    anew: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Bring the project and the one on the server together.

    `full` compares every task instead of only what changed; `anew` forgets what the
    server held, as if it had never been synced. Raises `CurateError`; broken
    off anywhere it can be called again, `Busy` while another sync of it runs here.
    """
    with alone(project.path):
        return _sync(_job(project, remote), direction, full=full, anew=anew, progress=progress)


def _sync(
    job: Job, direction: Direction, *, full: bool, anew: bool, progress: Progress | None
) -> Outcome:
    if anew:
        job.link = job.store.remotes.forget(job.link)
    warning = None
    if direction is Direction.PULL:
        configuring.check(job.remote.project(job.project), job.schema)
    else:
        warning = configuring.bring_up_to_date(job)
    outcome = run(job, direction, full=full, progress=progress)
    if warning is not None:
        outcome.warnings.append(warning)
    return outcome


def _job(project: Project, remote: Remote) -> Job:
    current = linked(project)
    if current is None:
        raise CurateError(
            "this project is not synced with anything yet",
            "`curate sync push --project NUMBER`, or `--create TITLE` for a new one there",
        )
    users = People(mapped(project), lambda: {u.id: u.email for u in remote.users() if u.email})
    return Job(
        project.store, project.schema, remote, current, users, utc_now, _Fates(project).decided
    )  # fmt: skip


class _Fates:
    """Tells what became of candidates from what somebody made of them in Label Studio."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._held: tuple[str, Proposals] | None = None

    def decided(self, document: str, annotation: Annotation) -> Annotation:
        """The annotation with the fate of each candidate that stands behind a part of it."""
        if self._held is None or self._held[0] != document:
            found = self._project.store.candidates.of(document)
            self._held = document, Proposals.of(*fitting(self._project.schema, *found))
        return with_fates(annotation, annotation, self._held[1])


# ---------------------------------------------------------------- what a person decides


def questions(project: Project) -> list[Action]:
    """What the last sync left to decide."""
    return [action for action, keep in _asked(project) if keep is None]


def _asked(project: Project) -> list[tuple[Action, str | None]]:
    """What the last sync asked, with the answers so far."""
    current = linked(project)
    if current is None:
        return []
    remotes = project.store.remotes
    tasks = [(t.item, "", t.question, t.keep) for t in remotes.asked_tasks(current.number)]
    answers = [
        (a.item, a.annotator, a.question, a.keep) for a in remotes.asked_answers(current.number)
    ]
    return [
        (Action(Act.REMIND, item, annotator, Question(question)), keep)
        for item, annotator, question, keep in (*tasks, *answers)
        if question is not None
    ]


def resolve(project: Project, item: str, annotator: str, keep: Side) -> Question:
    """Say which side holds where a sync asked; the next sync acts on it, so say it anew till then.

    `annotator` is empty where the task itself is meant. Raises `CurateError` when
    nothing was asked of it.
    """
    current = linked(project)
    found = {(q.item, q.annotator): q for q, _ in _asked(project)}
    if annotator == "gold" and (item, annotator) not in found:
        annotator = GOLD  # as it is shown
    asked = found.get((item, annotator))
    if current is None or asked is None or asked.question is None:
        raise CurateError(
            f"nothing is open about {annotator or 'the task'} of {item}", "`curate sync status`"
        )
    if annotator == GOLD and keep is Side.THERE:
        raise CurateError(
            "gold is made here: what Label Studio says cannot replace it",
            "rule on the case in `curate review`, then `--keep here`",
        )
    remotes = project.store.remotes
    if annotator:
        (row,) = (a for a in remotes.answers(current.number, [item]) if a.annotator == annotator)
        remotes.put_answers(current.number, [replace(row, keep=keep.value)])
    else:
        (task,) = remotes.tasks(current.number, [item])
        remotes.put_tasks(current.number, [replace(task, keep=keep.value)])
    return asked.question
