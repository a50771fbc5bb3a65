"""OpenTelemetry spans of every model call, for whoever runs a collector. Off unless asked for.

Spans say which model was asked, how long it took and how many tokens; the chat is in them only
where HOTSEAT_OTEL_CONTENT=on says so, since a collector keeps what it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from ..errors import SettingError

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

_ON = ("1", "on", "true", "yes")


def start(env: Mapping[str, str], provider: TracerProvider | None = None) -> bool:
    """Begin to write spans if `env` asks for them: HOTSEAT_OTEL=1, or OpenTelemetry's own
    OTEL_EXPORTER_OTLP_ENDPOINT where the extra is installed. Says whether it did. They go to
    `provider`, to the one that is already set up, or over OTLP to where OTEL_* variables say.

    Raises SettingError when HOTSEAT_OTEL asks for it and the extra is not installed.
    """
    wish = env.get("HOTSEAT_OTEL", "").strip().lower()
    if not (wish in _ON or (not wish and env.get("OTEL_EXPORTER_OTLP_ENDPOINT"))):
        return False
    if provider is None and not _installed():
        if wish:
            raise SettingError(
                "OpenTelemetry is not installed",
                place="HOTSEAT_OTEL",
                fix="pip install 'hotseat[otel]', or leave HOTSEAT_OTEL out",
            )
        return False
    from pydantic_ai import Agent
    from pydantic_ai.models.instrumented import InstrumentationSettings

    Agent.instrument_all(
        InstrumentationSettings(
            tracer_provider=provider or _provider(env),
            include_content=env.get("HOTSEAT_OTEL_CONTENT", "").strip().lower() in _ON,
            include_model_request_parameters=False,
        )
    )
    return True


def _installed() -> bool:
    try:
        return bool(
            version("opentelemetry-sdk") and version("opentelemetry-exporter-otlp-proto-http")
        )
    except PackageNotFoundError:
        return False


def _provider(env: Mapping[str, str]) -> TracerProvider:
    """The provider somebody has set up for the process, or one that exports over OTLP."""
    from opentelemetry import trace

    if not isinstance(already := trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return already
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider as Exporting
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = env.get("OTEL_SERVICE_NAME", "hotseat")
    provider = Exporting(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
