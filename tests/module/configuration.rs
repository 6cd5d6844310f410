//! What becomes of `daemon.json`, and which values of the fields are refused.

use dind::{Options, Proxies, daemon_json};
use proptest::prelude::*;
use serde_json::{Value, json};

fn merged_with(options: &Options, users: Value) -> Result<Value, String> {
    let config = daemon_json(options, Some(&users.to_string()));
    let config = config.map_err(|error| error.to_string())?;
    Ok(serde_json::from_str(&config.text).expect("daemon.json is JSON"))
}

fn merged(users: Value) -> Result<Value, String> {
    merged_with(&Options::default(), users)
}

fn nameservers() -> Value {
    json!([dind::BRIDGE_ADDRESS, dind::SECOND_ADDRESS])
}

#[track_caller]
fn refused(options: Options) -> String {
    let error = options.check().expect_err("a wrong value").to_string();
    assert!(!error.contains('\n'), "{error}");
    error
}

#[test]
fn containers_are_given_the_bridges_address_and_the_second_one() {
    let config = daemon_json(&Options::default(), None).expect("no options are sound");
    let config: Value = serde_json::from_str(&config.text).expect("JSON");
    let bip = format!("{}/{}", dind::BRIDGE_ADDRESS, dind::BRIDGE_PREFIX);
    assert_eq!(config, json!({"dns": nameservers(), "bip": bip}));
}

#[test]
fn the_wrapper_forwards_from_the_addresses_that_containers_are_given() {
    let wrapper = dind::with_addresses(include_str!("../../src/dockerd-entrypoint.sh"));
    assert!(wrapper.contains(&format!("bridge='{}'", dind::BRIDGE_ADDRESS)));
    assert!(wrapper.contains(&format!("second='{}'", dind::SECOND_ADDRESS)));
}

#[test]
fn the_callers_lists_are_joined_with_the_options_no_value_twice() {
    let options = Options {
        registry_mirrors: vec![
            "https://mirror.example".into(),
            "https://own.example/".into(),
        ],
        insecure_registries: vec!["two.example:5000".into()],
        ..Options::default()
    };
    let users = json!({
        "debug": true,
        "iptables": true,
        "registry-mirrors": ["https://own.example", "https://other.example"],
        "insecure-registries": ["one.example:5000", "two.example:5000"],
    });
    let config = merged_with(&options, users).expect("nothing is wrong");
    assert_eq!(config["debug"], json!(true));
    assert_eq!(
        config["registry-mirrors"],
        json!([
            "https://own.example",
            "https://other.example",
            "https://mirror.example"
        ])
    );
    assert_eq!(
        config["insecure-registries"],
        json!(["one.example:5000", "two.example:5000"])
    );
    assert_eq!(config["dns"], nameservers());
}

#[test]
fn what_is_no_list_is_joined_with_nothing() {
    let options = Options {
        registry_mirrors: vec!["https://mirror.example".into()],
        ..Options::default()
    };
    let users = json!({"registry-mirrors": "https://own.example"});
    let error = merged_with(&options, users).expect_err("a text is no list");
    assert!(
        error.contains("registry-mirrors") && error.contains("list"),
        "{error}"
    );
}

#[test]
fn a_value_that_the_file_and_an_option_set_is_refused_by_name() {
    let options = Options {
        storage_driver: Some("vfs".into()),
        proxies: Proxies {
            https: Some("http://proxy.example:3128".into()),
            ..Proxies::default()
        },
        ..Options::default()
    };
    for (users, name) in [
        (json!({"storage-driver": "overlay2"}), "storage-driver"),
        (
            json!({"proxies": {"https-proxy": "http://other.example"}}),
            "https-proxy",
        ),
    ] {
        let error = merged_with(&options, users).expect_err(name);
        assert!(error.starts_with("argument daemon-json: "), "{error}");
        assert!(error.contains(name), "{error}");
    }
}

#[test]
fn the_storage_driver_is_known_wherever_it_is_named() {
    let users = r#"{"storage-driver": "vfs"}"#;
    let config = daemon_json(&Options::default(), Some(users)).expect("sound");
    assert_eq!(config.storage_driver.as_deref(), Some("vfs"));
}

#[test]
fn a_password_in_the_files_proxies_is_taken_and_kept_secret() {
    let users = r#"{"proxies": {"http-proxy": "http://me:pw@proxy.example:3128"}}"#;
    let config = daemon_json(&Options::default(), Some(users)).expect("sound");
    assert!(config.is_secret && config.text.contains("me:pw@"));
    let users = r#"{"proxies": {"http-proxy": "http://proxy.example:3128"}}"#;
    let config = daemon_json(&Options::default(), Some(users)).expect("sound");
    assert!(!config.is_secret);
}

#[test]
fn a_key_that_breaks_dns_or_the_bridge_is_refused_by_name() {
    let keys = [
        ("dns", json!(["8.8.8.8"])),
        ("bip", json!("10.0.0.1/24")),
        ("bridge", json!("none")),
        ("fixed-cidr", json!("172.17.1.0/24")),
        ("default-gateway", json!("172.17.0.2")),
        ("hosts", json!(["tcp://0.0.0.0:1"])),
        ("tls", json!(true)),
        ("tlsverify", json!(true)),
        ("tlscacert", json!("/ca.pem")),
        ("data-root", json!("/data")),
        ("iptables", json!(false)),
        ("ip-masq", json!(false)),
        ("ip-forward", json!(false)),
        (
            "default-address-pools",
            json!([{"base": "172.16.0.0/12", "size": 24}]),
        ),
        (
            "default-address-pools",
            json!([{"base": "10.86.0.0/15", "size": 24}]),
        ),
        (
            "default-address-pools",
            json!([{"base": "10.0.0.0/8", "size": 24}]),
        ),
        (
            "default-address-pools",
            json!([{"base": "0.0.0.0/0", "size": 24}]),
        ),
        (
            "default-address-pools",
            json!([{"base": "192.0.2.0/24", "size": 28}]),
        ),
    ];
    for (key, value) in keys {
        let error = merged(json!({"debug": true, key: value})).expect_err(key);
        assert!(error.contains(&format!("{key:?}")), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn pools_beside_the_bridge_and_the_engine_are_taken() {
    let pools =
        json!([{"base": "172.18.0.0/16", "size": 24}, {"base": "10.88.0.0/16", "size": 24}]);
    merged(json!({"default-address-pools": pools})).expect("no overlap");
}

#[test]
fn a_file_that_is_no_json_object_is_refused() {
    for text in ["[]", "1", "{", "{}{}", "\"dns\""] {
        let error = daemon_json(&Options::default(), Some(text)).expect_err(text);
        assert!(error.to_string().starts_with("argument daemon-json: "));
    }
}

#[test]
fn a_file_that_sets_nothing_is_taken_as_by_dockerd() {
    let nothing = daemon_json(&Options::default(), None).expect("sound");
    for text in ["", " \n", "{}", "null"] {
        let config = daemon_json(&Options::default(), Some(text)).expect(text);
        assert_eq!(config.text, nothing.text, "{text:?}");
    }
}

#[test]
fn storage_drivers_of_old_and_new_versions_are_taken() {
    for driver in ["overlay2", "vfs", "aufs", "devicemapper", "overlayfs"] {
        let options = Options {
            storage_driver: Some(driver.into()),
            ..Options::default()
        };
        assert!(options.check().is_ok(), "{driver}");
    }
}

#[test]
fn a_mirror_that_is_no_url_of_a_host_is_refused_by_name() {
    for mirror in [
        "mirror.example",
        "ftp://mirror.example",
        "https://",
        "https://a:b",
    ] {
        let error = refused(Options {
            registry_mirrors: vec![mirror.into()],
            ..Options::default()
        });
        for part in ["registry-mirrors", mirror, "https://"] {
            assert!(error.contains(part), "{error}");
        }
    }
}

#[test]
fn an_insecure_registry_that_is_no_host_is_refused_by_name() {
    for registry in [
        "ftp://registry.example",
        "",
        "a b",
        "10.0.0.0/33",
        "host:port",
    ] {
        let error = refused(Options {
            insecure_registries: vec![registry.into()],
            ..Options::default()
        });
        assert!(error.contains("insecure-registries"), "{error}");
    }
}

#[test]
fn a_storage_driver_is_refused_with_the_accepted_ones() {
    let error = refused(Options {
        storage_driver: Some("overlay3".into()),
        ..Options::default()
    });
    for part in [
        "storage-driver",
        "overlay3",
        "overlay2",
        "fuse-overlayfs",
        "btrfs",
        "zfs",
        "vfs",
    ] {
        assert!(error.contains(part), "{error}");
    }
}

proptest! {
    #[test]
    fn a_password_in_a_value_is_refused_and_not_repeated(password in "[a-z]{12}") {
        let url = format!("https://user:{password}@mirror.example");
        let errors = [
            refused(Options { registry_mirrors: vec![url.clone()], ..Options::default() }),
            refused(Options {
                insecure_registries: vec![format!("user:{password}@mirror.example")],
                ..Options::default()
            }),
            refused(Options {
                proxies: Proxies { http: Some(url.clone()), ..Proxies::default() },
                ..Options::default()
            }),
            merged(json!({"registry-mirrors": [url]})).expect_err("a password"),
        ];
        for error in errors {
            prop_assert!(!error.contains(&password), "{}", error);
        }
    }

    #[test]
    fn whatever_the_caller_adds_the_nameserver_is_the_bridges(
        keys in proptest::collection::btree_map("[a-z-]{1,12}", "[ -~]{0,12}", 0..4),
    ) {
        if let Ok(config) = merged(json!(keys)) {
            prop_assert_eq!(&config["dns"], &nameservers());
        }
    }
}
