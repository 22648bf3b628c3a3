"""Who stands at the scale: named once a session, kept with every row that is typed from then on."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ceting.care.measurements.models import MeasuringTeam, Session, Source
from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts.models import RoleAssignment, User
from ceting.registry.accounts.roles import ROLES

LONGEST_NAME = 60
MEASURE = "measurements.record"


def people_of(session: Session) -> QuerySet[User]:
    """Who has a role with which one measures there: the posyandu's volunteers and the puskesmas' health workers."""
    roles = [role.code for role in ROLES.values() if MEASURE in role.permissions]
    standing = RoleAssignment.objects.filter(
        Q(posyandu=session.posyandu_id) | Q(puskesmas=session.puskesmas_id), role__in=roles, ended_at=None
    )
    return User.objects.filter(pk__in=standing.values("user"), is_active=True).order_by("name", "id")


def team_of(session: Session) -> MeasuringTeam | None:
    """The two who measure now; None while nobody said. One query."""
    return session.teams.select_related("measurer", "assistant").order_by("-id").first()


@transaction.atomic
def name_team(
    session: Session,
    *,
    measurer: User | str,
    assistant: User | str = "",
    by: User,
) -> MeasuringTeam:
    """From now on these two measure: each a person with an account, or the name of a volunteer without one.

    The same two again are the team that stands, unless the measurer says so herself of what somebody else said.
    Refuses a team without a measurer, and one person as both.
    """
    Session.objects.select_for_update(of=("self",)).only("pk").get(pk=session.pk)
    named = _columns("measurer", measurer) | _columns("assistant", assistant)
    if not measurer or (isinstance(measurer, str) and not named["measurer_name"]):
        raise RefusedError(
            Problem("Pilih siapa yang mengukur, atau tulis namanya.", "no_measurer", "measurer")
        )
    if named["measurer"] == named["assistant"] and named["measurer_name"] == named["assistant_name"]:
        sentence = "Pengukur dan pembantu harus dua orang. Kosongkan pembantu bila hanya satu orang."
        raise RefusedError(Problem(sentence, "same_person", "assistant"))
    standing = team_of(session)
    same = standing is not None and all(getattr(standing, name) == value for name, value in named.items())
    if standing is not None and same and not (measurer == by and standing.named_by_id != by.pk):
        return standing
    team = MeasuringTeam.objects.create(session=session, named_by=by, **named)
    audit.record("session.team", "session", [session.pk], by=by, puskesmas_id=session.puskesmas_id)
    return team


def source_of(team: MeasuringTeam | None, by: User, puskesmas_id: UUID) -> Source:
    """Whether a trained health worker of that puskesmas stood at the scale, by her own word.

    A professional's weight clears a reason, so nobody else can say that she weighed: she types, or names the team.
    """
    if team is None or team.measurer_id == by.pk:
        stood: User | None = by
    else:
        stood = team.measurer if team.is_her_own_word else None
    trained = stood is not None and stood.is_professional_at(puskesmas_id)
    return Source.STAFF if trained else Source.VOLUNTEER


def waits_for_her_word(team: MeasuringTeam) -> bool:
    """A health worker was named by somebody else: until she says so herself her rows count as a volunteer's."""
    measurer = team.measurer
    at = team.session.puskesmas_id
    return measurer is not None and not team.is_her_own_word and measurer.is_professional_at(at)


def _columns(place: str, who: User | str) -> dict[str, User | str | None]:
    if isinstance(who, User):
        return {place: who, f"{place}_name": ""}
    name = " ".join(who.split())
    if len(name) > LONGEST_NAME:
        sentence = f"Nama terlalu panjang. Singkat sampai {LONGEST_NAME} huruf."
        raise RefusedError(Problem(sentence, "long_name", f"{place}_name"))
    return {place: None, f"{place}_name": name}
