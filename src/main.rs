//! Docker inside Dagger containers, and org documents in containers.

dagger_sdk::main!(dind::Dind);
