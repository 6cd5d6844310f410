//! What a repository elsewhere has: names, and the commits that they stand for.

use std::cmp::Ordering;

use globset::GlobBuilder;

/// The start of the names of tags and of branches.
pub const TAGS: &str = "refs/tags/";
pub const BRANCHES: &str = "refs/heads/";

/// What follows the name of a tag that has an object of its own, where the
/// commit behind it is listed.
const PEELED: &str = "^{}";

/// A name and its commit; a commit that was named itself has no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref {
    pub name: String,
    pub commit: String,
}

/// The names that a repository has, as `git ls-remote --symref` lists them.
#[derive(Debug, Default)]
pub struct Remote {
    refs: Vec<Ref>,
    /// The branch that `HEAD` stands for.
    head: Option<String>,
}

impl Remote {
    /// Reads a list.
    pub fn parse(listed: &str) -> Self {
        let mut remote = Remote::default();
        for (value, name) in listed.lines().filter_map(|line| line.split_once('\t')) {
            match value.strip_prefix("ref: ") {
                Some(branch) if name == "HEAD" => remote.head = Some(branch.to_owned()),
                Some(_) => {}
                None if is_commit(value) => remote.refs.push(Ref {
                    name: name.to_owned(),
                    commit: value.to_owned(),
                }),
                None => {}
            }
        }
        remote
    }

    /// The short names of what is below `prefix` and matches a pattern.
    ///
    /// # Errors
    /// A pattern that is none.
    pub fn names(&self, prefix: &str, patterns: &[String]) -> Result<Vec<String>, String> {
        let mut matchers = Vec::new();
        for pattern in patterns {
            // As `git ls-remote` matches: the end of the name.
            let glob = GlobBuilder::new(&format!("*/{pattern}"))
                .literal_separator(false)
                .build()
                .map_err(|error| error.to_string())?;
            matchers.push(glob.compile_matcher());
        }
        let is_wanted = |name: &str| {
            let name = format!("/{name}");
            matchers.is_empty() || matchers.iter().any(|matcher| matcher.is_match(&name))
        };
        let names = self
            .refs
            .iter()
            .filter(|known| !known.name.ends_with(PEELED) && is_wanted(&known.name))
            .filter_map(|known| known.name.strip_prefix(prefix));
        Ok(names.map(str::to_owned).collect())
    }

    /// What a name stands for, as `git checkout` takes it: a whole name, a
    /// branch, or a tag.
    pub fn find(&self, name: &str) -> Option<Ref> {
        if is_commit(name) {
            return Some(Ref {
                name: String::new(),
                commit: name.to_owned(),
            });
        }
        let partial = format!("refs/{}", name.trim_start_matches("refs/"));
        [
            name,
            &partial,
            &format!("{BRANCHES}{name}"),
            &format!("{TAGS}{name}"),
        ]
        .into_iter()
        .find_map(|name| self.exactly(name))
    }

    /// What a whole name stands for.
    pub fn exactly(&self, name: &str) -> Option<Ref> {
        let commit = |name: &str| {
            let known = self.refs.iter().find(|known| known.name == name)?;
            Some(known.commit.clone())
        };
        let commit = commit(&format!("{name}{PEELED}")).or_else(|| commit(name))?;
        let name = match (name, &self.head) {
            ("HEAD", Some(branch)) => branch,
            _ => name,
        };
        Some(Ref {
            name: name.to_owned(),
            commit,
        })
    }

    /// The tag of the highest semantic version, `v` in front.
    pub fn latest_version(&self) -> Option<Ref> {
        let names = self.names(TAGS, &[]).unwrap_or_default();
        let versions = names
            .iter()
            .filter_map(|name| Some((Version::parse(name)?, name)));
        let (_, name) = versions
            .max_by(|(one, left), (two, right)| one.cmp(two).then_with(|| left.cmp(right)))?;
        self.exactly(&format!("{TAGS}{name}"))
    }
}

/// Whether a text is a whole name of a commit.
pub fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A semantic version such as `v1.2.3-rc.1+build`; `v1` and `v1.2` are short
/// for `v1.0.0` and `v1.2.0`.
#[derive(Debug, PartialEq, Eq)]
struct Version<'a> {
    numbers: [u64; 3],
    before: Option<&'a str>,
}

impl<'a> Version<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let text = text.strip_prefix('v')?;
        let (text, build) = match text.split_once('+') {
            Some((text, build)) => (text, Some(build)),
            None => (text, None),
        };
        let (core, before) = match text.split_once('-') {
            Some((core, before)) => (core, Some(before)),
            None => (text, None),
        };
        let parts: Vec<_> = core.split('.').collect();
        let is_short = parts.len() < 3;
        if parts.len() > 3 || (is_short && (before.is_some() || build.is_some())) {
            return None;
        }
        let are_words = |text: &str| {
            text.split('.').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
        };
        if !before.is_none_or(|before| are_words(before) && before.split('.').all(is_plain))
            || !build.is_none_or(are_words)
        {
            return None;
        }
        let mut numbers = [0; 3];
        for (number, part) in numbers.iter_mut().zip(&parts) {
            let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            *number = part.parse().ok().filter(|_| is_number && is_plain(part))?;
        }
        Some(Version { numbers, before })
    }
}

/// Whether a word is no number with a zero in front.
fn is_plain(word: &str) -> bool {
    !(word.len() > 1 && word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Ord for Version<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let before = || match (self.before, other.before) {
            (None, None) => Ordering::Equal,
            // What comes before a version is lower than it.
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(two)) => one
                .split('.')
                .map(Word::of)
                .cmp(two.split('.').map(Word::of)),
        };
        self.numbers.cmp(&other.numbers).then_with(before)
    }
}

impl PartialOrd for Version<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A part of what comes before a version; numbers are lower than texts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Word<'a> {
    /// Its length comes first: it may be longer than any integer.
    Number(usize, &'a str),
    Text(&'a str),
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Word::Number(text.len(), text),
            false => Word::Text(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(digit: char) -> String {
        digit.to_string().repeat(40)
    }

    fn remote() -> Remote {
        let refs = [
            ('1', "HEAD"),
            ('1', "refs/heads/main"),
            ('2', "refs/heads/both"),
            ('3', "refs/heads/a/main"),
            ('4', "refs/tags/both"),
            ('5', "refs/tags/v1.9.0"),
            ('6', "refs/tags/v1.10.0"),
            ('7', "refs/tags/v1.10.0^{}"),
            ('8', "refs/tags/v2.0.0-rc.10"),
            ('9', "refs/pull/1/head"),
        ];
        let lines = refs.map(|(digit, name)| format!("{}\t{name}\n", commit(digit)));
        Remote::parse(&format!(
            "ref: refs/heads/main\tHEAD\n{}warning\tx\n",
            lines.concat()
        ))
    }

    #[test]
    fn a_name_is_taken_as_git_checkout_takes_it() {
        let remote = remote();
        for (name, whole, digit) in [
            ("HEAD", "refs/heads/main", '1'),
            ("main", "refs/heads/main", '1'),
            ("heads/a/main", "refs/heads/a/main", '3'),
            ("both", "refs/heads/both", '2'),
            ("tags/both", "refs/tags/both", '4'),
            ("v1.10.0", "refs/tags/v1.10.0", '7'),
            ("refs/pull/1/head", "refs/pull/1/head", '9'),
            (&commit('a'), "", 'a'),
        ] {
            let found = remote.find(name).unwrap();
            assert_eq!((found.name.as_str(), found.commit), (whole, commit(digit)));
        }
        for name in ["no", "", "v1.10.0^{}x", "abc123"] {
            assert_eq!(remote.find(name), None, "{name}");
        }
    }

    #[test]
    fn patterns_match_the_end_of_names() {
        let remote = remote();
        let names = |prefix, patterns: &[&str]| {
            let patterns: Vec<_> = patterns.iter().map(|&text| text.to_owned()).collect();
            remote.names(prefix, &patterns).unwrap()
        };
        assert_eq!(names(BRANCHES, &[]), ["main", "both", "a/main"]);
        assert_eq!(names(BRANCHES, &["main"]), ["main", "a/main"]);
        assert_eq!(names(TAGS, &["refs/tags/v1*"]), ["v1.9.0", "v1.10.0"]);
        assert_eq!(names(TAGS, &["heads/*"]), [""; 0]);
        remote.names(TAGS, &["[".to_owned()]).unwrap_err();
    }

    #[test]
    fn the_latest_version_is_the_highest_not_the_last() {
        assert_eq!(
            remote().latest_version().unwrap().name,
            "refs/tags/v2.0.0-rc.10"
        );
        assert_eq!(Remote::default().latest_version(), None);
        let sorted = [
            "v0.9.9",
            "v1.0.0-1",
            "v1.0.0-2",
            "v1.0.0-10",
            "v1.0.0-a",
            "v1.0.0-a.1",
            "v1",
            "v1.2",
        ];
        assert!(sorted.is_sorted_by_key(|text| Version::parse(text).unwrap()));
        for text in [
            "1.0.0",
            "v",
            "v1.0.0.0",
            "v01.0.0",
            "v1-a",
            "v1.0.0-",
            "v1.0.0-01",
            "v1.+.0",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
