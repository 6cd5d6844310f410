//! Which entries of a folder take part: the `include`, `exclude` and `ignore` lists.

use std::path::Path;

use globset::{Candidate, GlobMatcher, GlobSet};

use super::error::TreeError;
use super::pattern::{Pattern, compile};

/// Selects entries of a folder, in the pattern language of `.dockerignore`.
///
/// In each list the last pattern that matches a path or a directory above it wins; `!` takes
/// back. An entry takes part if `include` is empty or matches it, and `exclude` does not. The
/// directories on the way to an entry come with it. The default selects everything.
///
/// ```
/// use dagger_local::tree::Filter;
/// let only_sources = Filter {
///     exclude: vec!["**".into(), "!src/".into()],
///     ..Filter::default()
/// };
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// What takes part; everything if empty.
    pub include: Vec<String>,
    /// What does not, even if included. Holds `ignore` lists such as `["**", "!src/"]`, too.
    pub exclude: Vec<String>,
    /// Whether the `.gitignore` files in the tree exclude as well.
    pub gitignore: bool,
}

/// A list of patterns, compiled.
pub(super) struct PatternList {
    set: GlobSet,
    patterns: Vec<ListPattern>,
}

struct ListPattern {
    exception: bool,
    /// Matchers of the leading directories of the pattern: for `a/b*/c` of `a` and `a/b*`.
    ways: Vec<GlobMatcher>,
    /// Whether it can match at any depth below the last of `ways`.
    open: bool,
}

/// Which patterns of a list match a path or a directory above it.
#[derive(Clone)]
pub(super) struct Matched(Vec<bool>);

impl PatternList {
    pub fn new(texts: &[String]) -> Result<PatternList, TreeError> {
        let mut set = GlobSet::builder();
        let mut patterns = Vec::new();
        for text in texts {
            let Some(pattern) = Pattern::parse(text)? else {
                continue;
            };
            patterns.push(ListPattern::new(&pattern));
            set.add(pattern.glob);
        }
        let set = set.build().map_err(|source| TreeError::Pattern {
            pattern: texts.join(", "),
            source,
        })?;
        Ok(PatternList { set, patterns })
    }

    /// Whether no pattern was given.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The state above the first level.
    pub fn root(&self) -> Matched {
        Matched(vec![false; self.patterns.len()])
    }

    /// The state of `path`, whose parent directory has the state `parent`.
    pub fn enter(&self, parent: &Matched, path: &Path) -> Matched {
        let mut matched = parent.clone();
        for index in self.set.matches_candidate(&Candidate::new(path)) {
            matched.0[index] = true;
        }
        matched
    }

    /// Whether the list as a whole matches: the last match wins.
    pub fn decides(&self, matched: &Matched) -> bool {
        let last = matched.0.iter().rposition(|matches| *matches);
        last.is_some_and(|index| !self.patterns[index].exception)
    }

    /// Whether anything below `directory` can match a pattern of the given kind.
    pub fn reaches_below(&self, directory: &Path, exceptions: bool) -> bool {
        let depth = directory.components().count();
        let path = Candidate::new(directory);
        self.patterns
            .iter()
            .filter(|pattern| pattern.exception == exceptions)
            .any(|pattern| match pattern.ways.get(depth - 1) {
                Some(way) => way.is_match_candidate(&path),
                None => pattern.open,
            })
    }
}

impl ListPattern {
    fn new(pattern: &Pattern) -> ListPattern {
        let mut ways = Vec::new();
        let mut open = false;
        for (end, _) in pattern.text.match_indices('/') {
            let way = &pattern.text[..end];
            // A way that does not compile alone was cut inside a class that holds a slash.
            match compile(way) {
                Ok(glob) if !way.contains("**") => ways.push(glob.compile_matcher()),
                _ => {
                    open = true;
                    break;
                }
            }
        }
        ListPattern {
            exception: pattern.exception,
            ways,
            open: open || pattern.text.contains("**"),
        }
    }
}
