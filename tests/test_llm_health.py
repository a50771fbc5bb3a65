"""The breaker: five failures in a row, then rest, and longer each time."""

import pytest

from hotseat.llm.health import FAILURES, LONGEST_REST, REST, Health


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def fail(health, times=1, kind="away"):
    for _ in range(times):
        health.failed("m", kind)


@pytest.mark.parametrize("kind", ["away", "busy", "key"])
def test_a_model_rests_after_five_failures_in_a_row(clock, kind):
    health = Health(clock)
    fail(health, FAILURES - 1, kind)
    assert health.resting("m") == 0
    fail(health, 1, kind)
    assert health.resting("m") == REST
    assert health.resting("another") == 0
    clock.now = REST - 1
    assert health.resting("m") == 1
    clock.now = REST
    assert health.resting("m") == 0


@pytest.mark.parametrize("kind", ["setting", "refused", "full", "cut", "broken"])
def test_a_model_that_answers_something_is_not_in_trouble(clock, kind):
    health = Health(clock)
    fail(health, FAILURES - 1)
    fail(health, 1, kind)
    fail(health, FAILURES - 1)
    assert health.resting("m") == 0


def test_the_rest_doubles_up_to_five_minutes_and_one_answer_ends_it(clock):
    health = Health(clock)
    fail(health, FAILURES)
    rests = []
    for _ in range(6):
        rests.append(health.resting("m"))
        clock.now += rests[-1]
        fail(health)
    assert rests == [30, 60, 120, 240, 300, LONGEST_REST]
    clock.now += LONGEST_REST
    health.answered("m")
    fail(health, FAILURES - 1)
    assert health.resting("m") == 0
    fail(health)
    assert health.resting("m") == REST


def test_failures_of_calls_begun_before_the_rest_do_not_lengthen_it(clock):
    health = Health(clock)
    fail(health, FAILURES + 10)
    assert health.resting("m") == REST
    clock.now = REST
    fail(health)
    assert health.resting("m") == 2 * REST
