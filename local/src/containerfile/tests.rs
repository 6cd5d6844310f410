use super::*;

#[test]
fn a_stage_has_a_line_for_each_step() {
    let stages = [
        Stage {
            from: "docker.io/library/ubuntu:24.04".into(),
            name: Some("base".into()),
            lines: vec![
                Line::Env {
                    name: "A".into(),
                    value: "plain".into(),
                },
                Line::Env {
                    name: "B".into(),
                    value: "a \"b\" $c \\ 'd'".into(),
                },
                Line::Workdir {
                    path: "/my work".into(),
                },
                Line::Copy {
                    from: "c0".into(),
                    source: "/".into(),
                    target: "/it's $HOME/".into(),
                    owner: "1000:1000".into(),
                },
                Line::Run {
                    mounts: vec!["type=cache,id=deps,target=/deps".into()],
                    args: ["sh", "-c", "cat <<X\n$A \"b\"\nX"]
                        .map(str::to_owned)
                        .to_vec(),
                },
            ],
        },
        Stage {
            from: "base".into(),
            name: None,
            lines: vec![
                Line::User {
                    name: "nobody".into(),
                },
                Line::Label {
                    name: "l".into(),
                    value: String::new(),
                },
                Line::Entrypoint {
                    args: vec!["e".into()],
                },
                Line::Cmd { args: Vec::new() },
                Line::Expose {
                    port: 53,
                    protocol: "UDP".into(),
                },
                Line::Comment {
                    text: "two\nlines".into(),
                },
                Line::File {
                    path: "/a b".into(),
                    contents: "$A\nEOF".into(),
                    mode: 0o755,
                    owner: "me".into(),
                },
                Line::Healthcheck {
                    flags: vec![("interval".into(), "1s".into())],
                    args: vec!["docker".into(), "info".into()],
                    is_shell: false,
                },
            ],
        },
    ];
    insta::assert_snapshot!(write(&stages).text, @r#"
    FROM docker.io/library/ubuntu:24.04 AS base
    ENV A=plain
    ENV B="a \"b\" \$c \\ 'd'"
    WORKDIR "/my work"
    COPY --from=c0 --chown=1000:1000 ["/","/it\\'s \\$HOME/"]
    RUN --mount=type=cache,id=deps,target=/deps ["sh","-c","cat \u003c\u003cX\n$A \"b\"\nX"]

    FROM base
    USER nobody
    LABEL l=""
    ENTRYPOINT ["e"]
    CMD []
    EXPOSE 53/udp
    # two lines
    COPY --chmod=755 --chown=me <<"EOF_" "/a b"
    $A
    EOF
    EOF_
    HEALTHCHECK --interval=1s CMD ["docker","info"]
    "#);
}
#[test]
fn a_value_of_several_lines_is_an_argument_of_the_build() {
    let line = |value: &str| Line::Env {
        name: "A".into(),
        value: value.into(),
    };
    let stage = Stage {
        from: "scratch\nRUN evil".into(),
        lines: vec![
            line("a'\nRUN evil $x \\"),
            line("\r"),
            Line::Copy {
                from: "c".into(),
                source: "/".into(),
                target: "/a\nb".into(),
                owner: "x\" [\"/\"]\nRUN evil".into(),
            },
        ],
        ..Stage::default()
    };
    let written = write(&[stage]);
    let names: Vec<_> = ["a'\nRUN evil $x \\", "\r", "x\" [\"/\"]\nRUN evil"]
        .iter()
        .map(|value| {
            let mut known = written.arguments.iter();
            known.find(|(_, known)| known == value).unwrap().0.as_str()
        })
        .collect();
    let [one, two, owner] = names[..] else {
        panic!("{names:?}");
    };
    let expected = format!(
        "FROM scratch RUN evil\nARG {one}\nENV A=\"${{{one}}}\"\nARG {two}\nENV A=\"${{{two}}}\"\n\
         ARG {owner}\nCOPY --from=c --chown=\"${{{owner}}}\" [\"/\",\"/a\\nb\"]\n"
    );
    assert_eq!(written.text, expected);
    let explained = written.explained();
    assert!(
        explained.contains(&format!("#   --build-arg {two}=$'\\r'\n")),
        "{explained}"
    );
    assert!(
        explained.contains(&format!(
            "#   --build-arg {one}=$'a\\'\\nRUN evil $x \\\\'\n"
        )),
        "{explained}"
    );
}
