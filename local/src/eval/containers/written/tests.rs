use super::*;
use serde_json::json;

fn call(
    nodes: &Nodes,
    ty: &str,
    parent: Option<&Arc<Node>>,
    field: &str,
    args: Value,
) -> Arc<Node> {
    nodes.keep(Node::new(
        ty,
        parent.cloned(),
        field,
        crate::eval::evaluator::fields(args),
    ))
}

#[test]
fn a_graph_is_written_with_its_stages_mounts_and_services() {
    let nodes = Nodes::default();
    let container = |address: &str| {
        let empty = call(&nodes, "Container", None, "container", json!({}));
        call(
            &nodes,
            "Container",
            Some(&empty),
            "from",
            json!({"address": address}),
        )
    };
    let engine = container("docker:27-dind");
    let client = call(
        &nodes,
        "File",
        Some(&engine),
        "file",
        json!({"path": "/usr/local/bin/docker"}),
    );
    let service = call(
        &nodes,
        "Service",
        Some(&engine),
        "asService",
        json!({"insecureRootCapabilities": true}),
    );
    let root = call(&nodes, "Directory", Some(&engine), "rootfs", json!({}));
    let cache = call(
        &nodes,
        "CacheVolume",
        None,
        "cacheVolume",
        json!({"key": "deps"}),
    );
    let mut it = container("ubuntu:24.04");
    for (field, args) in [
        (
            "withFile",
            json!({"path": "/usr/local/bin/docker", "source": client.id}),
        ),
        (
            "withServiceBinding",
            json!({"alias": "docker", "service": service.id}),
        ),
        (
            "withEnvVariable",
            json!({"name": "DOCKER_HOST", "value": "tcp://docker:2375"}),
        ),
        (
            "withMountedCache",
            json!({"path": "/deps", "cache": cache.id, "sharing": "LOCKED"}),
        ),
        ("withExec", json!({"args": ["bash", "-c", "docker info"]})),
        ("withoutMount", json!({"path": "/deps"})),
        (
            "withNewFile",
            json!({"path": "/x", "contents": "y", "owner": ""}),
        ),
        (
            "withDirectory",
            json!({"path": "/", "source": root.id, "include": ["usr/lib/plugins"]}),
        ),
        (
            "withDockerHealthcheck",
            json!({"args": ["docker", "info"], "interval": "1s", "retries": 5}),
        ),
        ("withExec", json!({"args": ["true"]})),
    ] {
        it = call(&nodes, "Container", Some(&it), field, args);
    }
    let text = crate::containerfile::write(&stages(&nodes, &it).unwrap()).text;
    insta::assert_snapshot!(text, @r#"
    FROM docker:27-dind AS stage0

    FROM ubuntu:24.04
    COPY --from=stage0 ["/usr/local/bin/docker","/usr/local/bin/docker"]
    # docker is the service stage0, with all root capabilities
    ENV DOCKER_HOST=tcp://docker:2375
    RUN --mount=type=cache,id=deps,target=/deps,sharing=locked ["bash","-c","docker info"]
    COPY --chmod=644 <<"EOF" /x
    y
    EOF
    COPY --from=stage0 ["/usr/lib/plugins","/usr/lib/plugins"]
    HEALTHCHECK --interval=1s --retries=5 CMD ["docker","info"]
    RUN ["true"]
    "#);
}
