"""Writing routines: what each service does, what it refuses, and who wins when two write."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.claim import move_everything
from accounts.models import User
from routines import services
from routines.dose import Dose
from routines.models import Context, Routine, Step
from tests.routines.factories import (
    LONG_AGO,
    ReadyMadeFactory,
    RoutineFactory,
    make_step,
    make_stretch,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def slugs(routine: Routine) -> list[str]:
    return [step.stretch.slug for step in routine.steps.with_stretch()]


def orders(routine: Routine) -> list[int]:
    return [step.order for step in routine.steps.all()]


@pytest.fixture
def routine(user: User) -> Routine:
    return RoutineFactory.create(owner=user, name="Mornings")


@pytest.fixture
def three(routine: Routine) -> list[Step]:
    return [make_step(routine, slug) for slug in ("walking", "cat-cow", "knee-to-chest")]


class TestCreate:
    def test_it_makes_an_empty_routine(self, user: User) -> None:
        made = services.create_routine(owner=user, name=" Desk ", context=Context.DESK, now=NOW)
        assert (made.name, made.context, made.version, made.created_at) == ("Desk", "desk", 1, NOW)
        assert made.steps.count() == 0

    def test_it_refuses_a_routine_without_a_name(self, user: User) -> None:
        with pytest.raises(ValidationError) as caught:
            services.create_routine(owner=user, name="  ", now=NOW)
        assert "name" in caught.value.message_dict

    def test_there_is_a_most_and_deleted_ones_do_not_count(self, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "MOST_ROUTINES", 2)
        services.create_routine(owner=user, name="One", now=NOW)
        second = services.create_routine(owner=user, name="Two", now=NOW)
        with pytest.raises(ValidationError, match="the most there can be"):
            services.create_routine(owner=user, name="Three", now=NOW)
        services.delete_routine(routine=second, now=NOW)
        services.create_routine(owner=user, name="Three", now=NOW)
        with pytest.raises(ValidationError, match="the most there can be"):
            services.restore_routine(routine=second, now=NOW)


class TestCopy:
    def test_a_ready_made_one_becomes_mine_with_all_its_steps(self, user: User) -> None:
        ready = ReadyMadeFactory.create(name="Full back 15", context="any")
        make_step(ready, "walking", seconds=210)
        make_step(ready, "upward-facing-dog", form="low", note="Stay low.", sets=1)
        mine = services.copy_routine(owner=user, source=ready, now=NOW)
        assert (mine.name, mine.owner, mine.slug) == ("Full back 15", user, None)
        first, second = mine.steps.all()
        assert (first.seconds, second.form, second.note) == (210, "low", "Stay low.")
        assert slugs(ready) == slugs(mine)

    def test_a_second_copy_gets_a_number(self, user: User, routine: Routine) -> None:
        names = [services.copy_routine(owner=user, source=routine, now=NOW).name for _ in range(2)]
        assert names == ["Mornings 2", "Mornings 3"]

    def test_a_long_name_still_fits(self, user: User) -> None:
        long = RoutineFactory.create(owner=user, name="x" * 80)
        assert services.copy_routine(owner=user, source=long, now=NOW).name == "x" * 76 + " 2"

    def test_a_dose_that_is_no_longer_offered_is_brought_into_range(self, user: User, routine: Routine) -> None:
        step = make_step(routine, "knee-to-chest", seconds=60)
        step.stretch.dose_range["seconds"] = [5, 45]
        step.stretch.save(update_fields=["dose_range"])
        copy = services.copy_routine(owner=user, source=routine, now=NOW)
        assert copy.steps.get().seconds == 45


class TestDetails:
    def test_they_are_saved_and_counted(self, routine: Routine) -> None:
        services.update_details(
            routine=routine, version=1, name="Evenings", purpose="To sleep.", context="bed", now=NOW
        )
        routine.refresh_from_db()
        assert (routine.name, routine.purpose, routine.context) == ("Evenings", "To sleep.", "bed")
        assert (routine.version, routine.updated_at) == (2, NOW)

    def test_an_older_version_changes_nothing(self, routine: Routine) -> None:
        Routine.objects.update(version=5)
        with pytest.raises(services.Conflict):
            services.update_details(routine=routine, version=4, name="Evenings", purpose="", context="any", now=NOW)
        routine.refresh_from_db()
        assert (routine.name, routine.version) == ("Mornings", 5)


class TestAdd:
    def test_the_stretch_comes_last_in_its_usual_dose(self, routine: Routine, three: list[Step]) -> None:
        step = services.add_step(routine=routine, version=1, stretch=make_stretch("chest-opener"), now=NOW)
        assert (step.order, step.dose) == (3, Dose("hold", 30, sets=2, rest_s=10))
        assert (routine.version, step.position, step.phase) == (2, "standing", "main")

    def test_the_same_stretch_may_come_twice(self, routine: Routine, three: list[Step]) -> None:
        services.add_step(routine=routine, version=1, stretch=three[1].stretch, now=NOW)
        assert slugs(routine) == ["walking", "cat-cow", "knee-to-chest", "cat-cow"]

    def test_it_takes_over_how_the_person_last_did_it(self, user: User, routine: Routine) -> None:
        older = RoutineFactory.create(owner=user)
        make_step(older, "chest-opener", seconds=20)
        make_step(older, "chest-opener", seconds=45, sets=3, position="seated", updated_at=NOW)
        step = services.add_step(routine=routine, version=1, stretch=make_stretch("chest-opener"), now=NOW)
        assert (step.seconds, step.sets, step.position) == (45, 3, "seated")

    def test_somebody_elses_dose_is_their_own(self, routine: Routine) -> None:
        make_step(RoutineFactory.create(), "chest-opener", seconds=45)
        step = services.add_step(routine=routine, version=1, stretch=make_stretch("chest-opener"), now=NOW)
        assert step.seconds == 30

    def test_the_last_form_comes_along(self, user: User, routine: Routine) -> None:
        make_step(RoutineFactory.create(owner=user), "knee-to-chest", form="leg-straight")
        step = services.add_step(routine=routine, version=1, stretch=make_stretch("knee-to-chest"), now=NOW)
        assert step.form == "leg-straight"

    @pytest.mark.parametrize(
        ("before", "slug", "phase"),
        [
            ([], "walking", "warm-up"),
            ([], "knee-to-chest", "main"),
            (["walking"], "cat-cow", "warm-up"),
            (["knee-to-chest"], "cat-cow", "main"),
            (["knee-to-chest"], "walking", "cool-down"),
        ],
    )
    def test_it_goes_on_with_the_part_that_was_reached(
        self, routine: Routine, before: list[str], slug: str, phase: str
    ) -> None:
        for earlier in before:
            make_step(routine, earlier)
        step = services.add_step(routine=routine, version=1, stretch=make_stretch(slug), now=NOW)
        assert step.phase == phase

    def test_a_movement_for_the_warm_up_stays_one(self, routine: Routine) -> None:
        make_step(routine, "knee-to-chest")
        step = services.add_step(
            routine=routine, version=1, stretch=make_stretch("leg-swing", phases=["warm-up"]), now=NOW
        )
        assert step.phase == "warm-up"

    def test_there_is_a_most(self, routine: Routine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "MOST_STEPS", 1)
        make_step(routine, "walking")
        with pytest.raises(ValidationError, match="up to 1 steps"):
            services.add_step(routine=routine, version=1, stretch=make_stretch("cat-cow"), now=NOW)
        routine.refresh_from_db()
        assert routine.version == 1

    def test_a_retired_stretch_is_not_offered(self, routine: Routine) -> None:
        stretch = make_stretch("cat-cow", retired_at=LONG_AGO)
        with pytest.raises(ValidationError, match="no longer offered"):
            services.add_step(routine=routine, version=1, stretch=stretch, now=NOW)

    def test_it_can_go_before_another(self, routine: Routine, three: list[Step]) -> None:
        step = services.add_step(routine=routine, version=1, stretch=make_stretch("shoulder-rolls"), place=1, now=NOW)
        assert slugs(routine) == ["walking", "shoulder-rolls", "cat-cow", "knee-to-chest"]
        assert (orders(routine), step.phase) == ([0, 1, 2, 3], "warm-up")

    def test_a_place_beyond_the_end_is_the_end(self, routine: Routine, three: list[Step]) -> None:
        services.add_step(routine=routine, version=1, stretch=make_stretch("chest-opener"), place=99, now=NOW)
        assert slugs(routine)[-1] == "chest-opener"


class TestSwap:
    def test_another_stretch_takes_the_place(self, routine: Routine, three: list[Step]) -> None:
        new = services.swap_step(step=three[1], version=1, stretch=make_stretch("shoulder-rolls"), now=NOW)
        assert slugs(routine) == ["walking", "shoulder-rolls", "knee-to-chest"]
        assert (orders(routine), new.phase) == ([0, 1, 2], three[1].phase)

    def test_the_old_step_can_be_put_back_beside_it(self, routine: Routine, three: list[Step]) -> None:
        services.swap_step(step=three[1], version=1, stretch=make_stretch("shoulder-rolls"), now=NOW)
        services.restore_step(step=Step.everything.get(pk=three[1].pk), version=2, now=NOW)
        assert slugs(routine) == ["walking", "cat-cow", "shoulder-rolls", "knee-to-chest"]

    def test_a_retired_stretch_is_no_help(self, routine: Routine, three: list[Step]) -> None:
        with pytest.raises(ValidationError, match="no longer offered"):
            services.swap_step(step=three[1], version=1, stretch=make_stretch("arm-circles", retired_at=NOW), now=NOW)


class TestUpdate:
    def save(self, step: Step, **changes: Any) -> Step:
        values: dict[str, Any] = {
            "dose": step.dose,
            "phase": step.phase,
            "position": step.position,
            "form": step.form,
            "note": step.note,
            "version": step.routine.version,
            **changes,
        }
        return services.update_step(step=step, now=NOW, **values)

    def test_a_dose_within_the_range_is_saved(self, three: list[Step]) -> None:
        self.save(three[2], dose=Dose("hold", 45, sets=3, rest_s=15), note="Slowly.")
        saved = Step.objects.get(pk=three[2].pk)
        assert (saved.dose, saved.note) == (Dose("hold", 45, sets=3, rest_s=15), "Slowly.")

    def test_the_form_decides_on_the_position(self, three: list[Step]) -> None:
        three[1].stretch.forms = [
            {"key": "all-fours", "label": "On all fours", "position": "quadruped"},
            {"key": "seated", "label": "On a chair", "position": "seated"},
        ]
        assert self.save(three[1], form="seated").position == "seated"

    def test_a_dose_outside_says_what_to_choose(self, three: list[Step], routine: Routine) -> None:
        with pytest.raises(ValidationError) as caught:
            self.save(three[2], dose=Dose("hold", 90))
        assert caught.value.message_dict == {"seconds": ["Please hold this one for 5 to 60 seconds."]}
        routine.refresh_from_db()
        assert routine.version == 1

    def test_an_older_version_changes_nothing(self, three: list[Step]) -> None:
        Routine.objects.update(version=2)
        with pytest.raises(services.Conflict):
            self.save(three[2], dose=Dose("hold", 45))
        assert Step.objects.get(pk=three[2].pk).seconds == 30


class TestOrder:
    @pytest.mark.parametrize(
        ("place", "by", "expected"),
        [
            (2, -1, ["walking", "knee-to-chest", "cat-cow"]),
            (0, 1, ["cat-cow", "walking", "knee-to-chest"]),
            (0, -1, ["walking", "cat-cow", "knee-to-chest"]),
            (2, 1, ["walking", "cat-cow", "knee-to-chest"]),
        ],
    )
    def test_a_step_moves_by_one_and_stays_at_the_ends(
        self, routine: Routine, three: list[Step], place: int, by: int, expected: list[str]
    ) -> None:
        services.move_step(routine=routine, version=1, step_id=three[place].pk, by=by, now=NOW)
        assert slugs(routine) == expected
        assert orders(routine) == [0, 1, 2]

    def test_a_step_takes_on_the_part_it_has_come_to(self, routine: Routine, three: list[Step]) -> None:
        walk = make_step(routine, "walking", phase="cool-down")
        services.move_step(routine=routine, version=1, step_id=walk.pk, by=-3, now=NOW)
        assert Step.objects.get(pk=walk.pk).phase == "warm-up"

    def test_a_step_keeps_its_part_where_it_fits_no_other(self, routine: Routine, three: list[Step]) -> None:
        services.move_step(routine=routine, version=1, step_id=three[2].pk, by=-2, now=NOW)
        assert Step.objects.get(pk=three[2].pk).phase == "main"

    def test_the_whole_order_at_once(self, routine: Routine, three: list[Step]) -> None:
        ids = [three[2].pk, three[0].pk, three[1].pk]
        services.reorder_steps(routine=routine, version=1, step_ids=ids, now=NOW)
        assert slugs(routine) == ["knee-to-chest", "walking", "cat-cow"]

    @pytest.mark.parametrize(
        "wrong",
        [lambda ids: ids[:2], lambda ids: [*ids[:2], ids[0]], lambda ids: [*ids, uuid4()]],
        ids=["missing", "twice", "unknown"],
    )
    def test_an_order_names_each_step_once(
        self, routine: Routine, three: list[Step], wrong: Callable[[list[UUID]], list[UUID]]
    ) -> None:
        with pytest.raises(ValidationError, match="not the steps"):
            services.reorder_steps(routine=routine, version=1, step_ids=wrong([s.pk for s in three]), now=NOW)
        assert slugs(routine) == ["walking", "cat-cow", "knee-to-chest"]

    def test_somebody_elses_step_cannot_be_moved_in(self, routine: Routine, three: list[Step]) -> None:
        foreign = make_step(RoutineFactory.create(), "cat-cow")
        with pytest.raises(ValidationError, match="no longer in the routine"):
            services.move_step(routine=routine, version=1, step_id=foreign.pk, by=1, now=NOW)


class TestRemove:
    def test_removing_closes_the_gap(self, routine: Routine, three: list[Step]) -> None:
        services.remove_step(step=three[1], version=1, now=NOW)
        assert slugs(routine) == ["walking", "knee-to-chest"]
        assert orders(routine) == [0, 1]

    def test_a_list_loaded_before_does_not_get_in_the_way(self, user: User, three: list[Step]) -> None:
        routine = user.routines.with_steps().get()
        step = Step.everything.get(pk=three[0].pk)
        step.routine = routine
        services.remove_step(step=step, version=1, now=NOW)
        services.move_step(routine=routine, version=2, step_id=three[2].pk, by=-1, now=NOW)
        assert list(Step.objects.filter(routine=routine).values_list("stretch__slug", "order")) == [
            ("knee-to-chest", 0),
            ("cat-cow", 1),
        ]

    def test_undo_puts_it_back_where_it_was(self, routine: Routine, three: list[Step]) -> None:
        services.remove_step(step=three[1], version=1, now=NOW)
        services.restore_step(step=Step.everything.get(pk=three[1].pk), version=2, now=NOW)
        assert slugs(routine) == ["walking", "cat-cow", "knee-to-chest"]
        assert orders(routine) == [0, 1, 2]

    def test_undo_reaches_the_end_of_what_has_become_shorter(self, routine: Routine, three: list[Step]) -> None:
        for version, step in enumerate(reversed(three), start=1):
            services.remove_step(step=step, version=version, now=NOW + timedelta(seconds=version))
        services.restore_step(step=Step.everything.get(pk=three[2].pk), version=4, now=NOW)
        assert (slugs(routine), orders(routine)) == (["knee-to-chest"], [0])

    def test_undo_twice_is_once(self, routine: Routine, three: list[Step]) -> None:
        services.restore_step(step=three[0], version=1, now=NOW)
        assert slugs(routine) == ["walking", "cat-cow", "knee-to-chest"]

    def test_undo_needs_room(self, routine: Routine, three: list[Step], monkeypatch: pytest.MonkeyPatch) -> None:
        services.remove_step(step=three[1], version=1, now=NOW)
        monkeypatch.setattr(services, "MOST_STEPS", 2)
        with pytest.raises(ValidationError, match="remove one first"):
            services.restore_step(step=Step.everything.get(pk=three[1].pk), version=2, now=NOW)
        assert slugs(routine) == ["walking", "knee-to-chest"]

    def test_only_the_last_removals_are_kept(
        self, routine: Routine, three: list[Step], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "REMOVED_KEPT", 2)
        for version, step in enumerate(three, start=1):
            services.remove_step(step=step, version=version, now=NOW + timedelta(seconds=version))
        assert set(Step.everything.values_list("pk", flat=True)) == {three[1].pk, three[2].pk}


class TestDelete:
    def test_it_goes_out_of_sight_and_comes_back(self, user: User, routine: Routine) -> None:
        services.delete_routine(routine=routine, now=NOW)
        assert list(user.routines.kept()) == []
        services.restore_routine(routine=routine, now=NOW)
        assert list(user.routines.kept()) == [routine]

    def test_after_a_month_it_is_gone(self, user: User, routine: Routine) -> None:
        services.delete_routine(routine=routine, now=NOW)
        other = RoutineFactory.create(owner=user)
        services.delete_routine(routine=other, now=NOW + timedelta(days=31))
        assert list(Routine.objects.all()) == [other]

    def test_nobody_edits_what_is_deleted(self, routine: Routine) -> None:
        services.delete_routine(routine=routine, now=NOW)
        with pytest.raises(services.Conflict):
            services.add_step(routine=routine, version=routine.version, stretch=make_stretch("cat-cow"), now=NOW)

    def test_restoring_what_was_never_deleted_does_nothing(self, routine: Routine) -> None:
        assert services.restore_routine(routine=routine, now=NOW).version == 1


def test_a_guests_routines_move_into_the_account(user: User, guest: User) -> None:
    RoutineFactory.create(owner=guest, name="Made as a guest")
    move_everything(guest, user)
    assert [r.name for r in user.routines.all()] == ["Made as a guest"]


def test_of_two_stale_edits_exactly_one_wins(routine: Routine, three: list[Step]) -> None:
    looked_at = routine.version
    services.add_step(routine=routine, version=looked_at, stretch=make_stretch("chest-opener"), now=NOW)
    with pytest.raises(services.Conflict):
        services.remove_step(step=three[0], version=looked_at, now=NOW)
    assert slugs(routine) == ["walking", "cat-cow", "knee-to-chest", "chest-opener"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads cannot share SQLite's database in memory")
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_exactly_one_wins() -> None:
    routine = RoutineFactory.create()
    outcomes: list[str] = []
    start = Barrier(2)

    def rename(name: str) -> None:
        try:
            mine = Routine.objects.get(pk=routine.pk)
            start.wait(timeout=10)
            services.update_details(routine=mine, version=1, name=name, purpose="", context="any", now=NOW)
            outcomes.append(name)
        except services.Conflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [Thread(target=rename, args=(name,)) for name in ("Ann", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    routine.refresh_from_db()
    winner = next(name for name in outcomes if name != "conflict")
    assert sorted(outcomes) == sorted([winner, "conflict"])
    assert (routine.name, routine.version) == (winner, 2)
