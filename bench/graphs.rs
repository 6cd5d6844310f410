//! How long each function takes to build its graph, without an engine: the recorder answers at once, so
//! what is measured is this module, the SDK and the writing of queries.

#[path = "../tests/module/calls.rs"]
mod calls;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use tokio::runtime::Runtime;

fn graphs(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let mut group = criterion.benchmark_group("graph");
    group.sample_size(20);
    for call in calls::all() {
        group.bench_function(call.function, |bencher| {
            bencher.iter(|| {
                let recorder = calls::recorder();
                let answer = calls::answer(&recorder, json!({}), black_box(&call));
                runtime.block_on(answer).expect("the graph is built")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, graphs);
criterion_main!(benches);
