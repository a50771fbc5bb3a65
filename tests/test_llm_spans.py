"""Spans for a collector: which model, how many tokens, and not a word of the chat."""

import asyncio

import faults
import pytest
from faults import GOOD
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic_ai import Agent
from stub import LINE, Stub, keys, patience
from test_customer import brief
from test_judge import REPLY, brief_for

from hotseat import customer, judge
from hotseat.errors import SettingError
from hotseat.llm import Seat, spans

_warm = faults.warmed
_key = faults.keyed(keys()["openai"])


@pytest.fixture(autouse=True)
def _off_again():
    yield
    Agent.instrument_all(False)


def written(env, customer_model="ok", judge_model="ok"):
    """The spans of one line and one verdict."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    assert spans.start(env, provider)

    async def both(stub):
        def seat(model):
            return Seat(f"openai/{model}", url=stub.url(), deadlines=patience("ok"))

        async for _ in customer.speak(brief(), seat(customer_model)):
            pass
        await judge.grade(brief_for(), seat(judge_model), rubric_hash="r")

    with Stub(arguments=GOOD.model_dump_json()) as stub:
        asyncio.run(both(stub))
    return exporter.get_finished_spans()


def text_of(finished):
    return "".join(span.to_json() for span in finished)


def private():
    given = brief()
    return (LINE[:30], REPLY[:30], given.transcript[0].text[:30], given.transcript[1].text[:20])


def test_a_span_names_the_model_and_counts_tokens_and_holds_no_chat():
    finished = written({"HOTSEAT_OTEL": "1"})
    asked = [span for span in finished if span.name.startswith("chat")]
    assert [span.attributes["gen_ai.request.model"] for span in asked] == ["openai/ok"] * 2
    assert all(span.attributes["gen_ai.usage.input_tokens"] == 900 for span in asked)
    assert all(span.attributes["gen_ai.usage.output_tokens"] == 40 for span in asked)
    text = text_of(finished)
    assert not any(words in text for words in private())
    assert brief().persona.temperament[:30] not in text


@pytest.mark.parametrize("model", ["refusal", "e401_key", "e400_filter", "dup", "bad_sse"])
def test_a_call_that_fails_leaves_no_chat_and_no_key_in_its_span(model):
    try:
        finished = written({"HOTSEAT_OTEL": "1"}, "ok", model)
    finally:
        Agent.instrument_all(False)
    faults.no_secret(keys()["openai"], text_of(finished))
    assert not any(words in text_of(finished) for words in private())


def test_the_chat_is_in_the_spans_only_where_it_was_asked_for():
    text = text_of(written({"HOTSEAT_OTEL": "1", "HOTSEAT_OTEL_CONTENT": "on"}))
    assert LINE[:30] in text


@pytest.mark.parametrize(
    "env",
    [{}, {"HOTSEAT_OTEL": "0"}, {"HOTSEAT_OTEL": "off", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}],
)
def test_nothing_is_written_unless_asked_for(env):
    assert not spans.start(env, TracerProvider())


def test_opentelemetrys_own_setting_is_enough_and_asking_for_what_is_missing_is_an_error(
    monkeypatch,
):
    endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    assert spans.start(endpoint, TracerProvider())
    monkeypatch.setattr(spans, "_installed", lambda: False)
    assert not spans.start(endpoint)
    with pytest.raises(SettingError, match="otel"):
        spans.start({"HOTSEAT_OTEL": "1"})
