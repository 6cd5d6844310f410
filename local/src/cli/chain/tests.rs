//! What a line means, what is refused, and what `--help` says.

use super::*;
use crate::cli::testing::{api, places};
use crate::cli::values::HostObject;
use crate::typedefs::testing::object;

fn read_line(line: &str) -> Result<Request, CliError> {
    let words = shlex::split(line).expect("words");
    read(&api(), &places(), "dagger call", &words, Options::default())
}

#[track_caller]
fn chain(line: &str) -> Chain {
    match read_line(line) {
        Ok(Request::Call(chain)) => *chain,
        other => panic!("{line}: {other:?}"),
    }
}

#[track_caller]
fn help(line: &str) -> String {
    match read_line(line) {
        Ok(Request::Help(text)) => text,
        other => panic!("{line}: {other:?}"),
    }
}

#[track_caller]
fn report(line: &str) -> String {
    read_line(line).expect_err("a mistake").report()
}

fn given<'a>(step: &'a Step, name: &str) -> Option<&'a Given> {
    step.arguments
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, given)| given)
}

#[test]
fn arguments_belong_to_the_function_in_front_of_them() {
    let chain = chain(
        "--dind-image=docker:28-dind dind-with-docker --cmd='a b' -j with-exec --args=x,y stdout",
    );
    let image = given(&chain.constructor, "dindImage");
    assert_eq!(image, Some(&Given::Plain("docker:28-dind".into())));
    assert_eq!(
        given(&chain.steps[0], "cmd"),
        Some(&Given::Plain("a b".into()))
    );
    let args = ["x", "y"].map(|word| Given::Plain(word.into()));
    assert_eq!(
        given(&chain.steps[1], "args"),
        Some(&Given::List(args.to_vec()))
    );
    let names: Vec<_> = chain
        .steps
        .iter()
        .map(|step| step.function.name.as_str())
        .collect();
    assert_eq!(names, ["dindWithDocker", "withExec", "stdout"]);
    assert!(chain.options.json);
}

#[test]
fn the_module_gets_its_defaults_and_the_core_has_its_own() {
    let chain = chain("dind-tangle entries");
    let image = given(&chain.constructor, "dindImage");
    assert_eq!(image, Some(&Given::Plain("docker:27-dind".into())));
    let path = places().module.canonicalize().expect("a path");
    let ignore = vec!["**".to_owned(), "!src/".to_owned()];
    let source = Given::Host(HostObject::Directory { path, ignore });
    assert_eq!(given(&chain.steps[0], "src"), Some(&source));
    assert_eq!(
        given(&chain.steps[0], "cache"),
        Some(&Given::Plain("PRIVATE".into()))
    );
    assert!(chain.steps[1].arguments.is_empty());
}

#[test]
fn values_may_stand_behind_their_flags_and_look_like_flags() {
    let chain = chain("dind-with-docker --cmd --help --no-cache --env A=1 --env B=2,C=3");
    assert_eq!(
        given(&chain.steps[0], "cmd"),
        Some(&Given::Plain("--help".into()))
    );
    assert_eq!(
        given(&chain.steps[0], "noCache"),
        Some(&Given::Plain(true.into()))
    );
    let env = ["A=1", "B=2", "C=3"].map(|word| Given::Plain(word.into()));
    assert_eq!(
        given(&chain.steps[0], "env"),
        Some(&Given::List(env.to_vec()))
    );
}

#[test]
fn options_may_stand_at_any_function() {
    let chain = chain("-q dind-tangle -o out --src=. --keep");
    assert!(chain.options.quiet && chain.options.keep);
    assert_eq!(chain.options.output, Some("out".into()));
}

#[test]
fn sync_gives_the_object_again() {
    let chain = chain("dind-tangle sync entries --path=x");
    assert_eq!(
        object_name(&chain.steps[1].function.return_type),
        Some("Directory")
    );
}

#[test]
fn a_mistake_is_one_line_and_says_where_help_is() {
    let at =
        |path: &str, message: &str| format!("Error: {message}\nRun '{path} --help' for usage.\n");
    let docker = "dagger call dind-with-docker";
    let cases = [
        (
            "nope",
            at(
                "dagger call",
                "unknown command \"nope\" for \"dagger call\"",
            ),
        ),
        (
            "dind-service nope",
            at(
                "dagger call dind-service",
                "unknown command \"nope\" for \"dagger call dind-service\"",
            ),
        ),
        (
            "dind-servce",
            at(
                "dagger call",
                "unknown command \"dind-servce\" for \"dagger call\" (did you mean \"dind-service\"?)",
            ),
        ),
        (
            "dind-with-docker stdout",
            at(docker, "required flag(s) \"cmd\" not set"),
        ),
        (
            "dind-with-docker --cmd=x --bad=1 stdout",
            at(docker, "unknown flag: --bad"),
        ),
        (
            "dind-with-docker --cmd=x -Z stdout",
            at(docker, "unknown shorthand flag: 'Z' in -Z"),
        ),
        (
            "dind-with-docker --cmd",
            at(docker, "flag needs an argument: --cmd"),
        ),
        (
            "dind-with-docker --cmd=x with-exec",
            at(
                "dagger call dind-with-docker with-exec",
                "required flag(s) \"args\" not set",
            ),
        ),
        (
            "dind-with-docker --cmd=x --no-cache=perhaps",
            at(
                docker,
                "invalid argument \"perhaps\" for \"--no-cache\" flag: true or false is expected",
            ),
        ),
        (
            "dind-tangle --cache=all",
            at(
                "dagger call dind-tangle",
                "invalid argument \"all\" for \"--cache\" flag: value should be one of PRIVATE,SHARED",
            ),
        ),
        (
            "dind-with-docker --cmd=x stdout more",
            at(
                "dagger call dind-with-docker stdout",
                "unknown command \"more\" for \"dagger call dind-with-docker stdout\"",
            ),
        ),
    ];
    for (line, expected) in cases {
        assert_eq!(report(line), expected, "{line}");
    }
}

#[test]
fn a_function_that_no_flags_can_serve_is_not_offered() {
    let message = report("dind-with-docker --cmd=x with-tree");
    assert!(
        message.contains("unknown command \"with-tree\""),
        "{message}"
    );
}

#[test]
fn help_wins_over_a_missing_argument() {
    assert!(help("dind-with-docker stdout --help").contains("dagger call dind-with-docker stdout"));
}

#[test]
fn help_of_the_module_lists_its_functions_and_fields() {
    insta::assert_snapshot!(help("--help"));
    assert_eq!(help("--help"), help("-h"));
}

#[test]
fn help_of_a_function_has_its_whole_description_and_what_goes_on_from_it() {
    insta::assert_snapshot!(help("dind-with-docker --help"));
}

#[test]
fn help_of_an_argument_names_its_default_and_values() {
    insta::assert_snapshot!(help("dind-tangle --help"));
}

#[test]
fn help_of_a_core_function_is_the_sessions_own() {
    insta::assert_snapshot!(help("dind-service up --help"));
}

#[test]
fn a_flag_is_known_by_its_name_in_code_too() {
    for flag in ["--no-cache", "--noCache", "--NoCache", "--no_cache"] {
        let chain = chain(&format!("dind-with-docker --cmd=x {flag}"));
        let expected = Given::Plain(true.into());
        assert_eq!(given(&chain.steps[0], "noCache"), Some(&expected), "{flag}");
    }
}

#[test]
fn progress_is_one_of_those_of_dagger() {
    for progress in ["dots", "logs", "report"] {
        let chain = chain(&format!("--progress={progress} dind-image"));
        assert_eq!(chain.options.progress.as_deref(), Some(progress));
    }
    assert!(report("--progress=loud dind-image").contains("auto,plain,tty,dots,logs,report"));
}

#[test]
fn no_function_at_all_calls_the_constructor() {
    assert_eq!(chain("").result(), &object("Dind"));
}
