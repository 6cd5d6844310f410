//! Traces that are sent by OTLP to the endpoint that the process was given.

use super::collector::Collector;
use opentelemetry::propagation::TextMapPropagator as _;
use opentelemetry::trace::{Status, TracerProvider as _};
use opentelemetry::{Context, ContextGuard};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig as _};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider};
use std::collections::HashMap;
use std::fmt::Display;
use std::future::Future;
use std::time::Duration;
use tracing::Instrument as _;
use tracing::level_filters::LevelFilter;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Without one of these nobody listens.
const ENDPOINTS: [&str; 2] = [
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];
const TRACEPARENT: &str = "TRACEPARENT";
/// Which spans and events are sent, such as `debug` or `my_module=trace`; `info` where it is not set.
const LOG: &str = "RUST_LOG";
/// Whoever looks at a trace looks while it grows.
const DELAY: Duration = Duration::from_millis(100);

/// What is sent; all of it is, when this is dropped.
pub struct Traces(Option<(SdkTracerProvider, ContextGuard)>);

impl Traces {
    /// Sends what this thread's functions do, as a part of the trace that the process belongs to.
    ///
    /// A collector that can't be reached keeps no function from its work.
    pub fn start() -> Self {
        let given = |name: &&str| std::env::var(name).is_ok_and(|text| !text.is_empty());
        if !ENDPOINTS.iter().any(given) {
            return Self(None);
        }
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector)
            .build();
        let Ok(exporter) = exporter else {
            return Self(None);
        };
        let config = BatchConfigBuilder::default().with_scheduled_delay(DELAY);
        let processor = BatchSpanProcessor::builder(exporter)
            .with_batch_config(config.build())
            .build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .build();
        let wanted = std::env::var(LOG).ok();
        let wanted = wanted.and_then(|text| text.parse::<Targets>().ok());
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("dagger-sdk"));
        let started = tracing_subscriber::registry()
            .with(wanted.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO)))
            .with(layer)
            .try_init();
        match started {
            Ok(()) => Self(Some((provider, parent().attach()))),
            // The author's program has one of its own.
            Err(_) => Self(None),
        }
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Some((provider, _)) = &self.0 {
            // What nobody takes is lost, and no function's fault.
            let _ = provider.shutdown();
        }
    }
}

/// The span that the process was started in.
fn parent() -> Context {
    let given = std::env::var(TRACEPARENT).unwrap_or_default();
    let carrier = HashMap::from([("traceparent".to_owned(), given)]);
    TraceContextPropagator::new().extract(&carrier)
}

/// A call in a span of its own, which has failed if the call does. The engine has one for it, too: the
/// command line shows that, with what lies in this one.
pub async fn in_span<V, E: Display>(
    name: &str,
    call: impl Future<Output = Result<V, E>>,
) -> Result<V, E> {
    let span = tracing::info_span!(
        "function",
        otel.name = name,
        "dagger.io/ui.passthrough" = true
    );
    let result = call.instrument(span.clone()).await;
    if let Err(error) = &result {
        span.set_status(Status::error(error.to_string()));
    }
    result
}

/// The span at hand, for the session: what it is asked for belongs there.
pub fn traceparent() -> Option<String> {
    let mut carrier = HashMap::new();
    let context = tracing::Span::current().context();
    TraceContextPropagator::new().inject_context(&context, &mut carrier);
    carrier.remove("traceparent")
}
