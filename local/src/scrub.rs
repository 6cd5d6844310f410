//! Takes secrets out of what commands write, while they write it: a secret may
//! come in any number of pieces, among any other bytes.

use std::collections::HashMap;
use std::sync::Arc;

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::noncontiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

/// What stands in printed text where a secret was.
const SCRUBBED: &[u8] = b"***";

/// A line of a secret is a secret from this length on, in bytes: a shorter one,
/// such as a brace, would blot out all kinds of text.
const SHORTEST_LINE: usize = 4;

/// The secrets of one command. Cheap to clone; the default knows none.
#[derive(Clone, Default)]
pub struct Scrubber(Option<Arc<Needles>>);

impl std::fmt::Debug for Scrubber {
    /// Without the secrets.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Scrubber").finish_non_exhaustive()
    }
}

struct Needles {
    automaton: NFA,
    /// How many of the last bytes may be the beginning of a secret, by the
    /// state that the automaton is in after them.
    depths: HashMap<StateID, usize>,
    start: StateID,
}

impl Scrubber {
    /// Takes out these values, as they are and trimmed, and their lines.
    pub fn new(values: &[Vec<u8>]) -> Self {
        let mut needles: Vec<&[u8]> = Vec::new();
        for value in values {
            needles.extend([value.as_slice(), value.trim_ascii()]);
            let lines = value.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
            needles.extend(lines.filter(|line| line.len() >= SHORTEST_LINE));
        }
        needles.retain(|needle| !needle.is_empty());
        needles.sort_unstable();
        needles.dedup();
        if needles.is_empty() {
            return Scrubber::default();
        }
        Scrubber(Needles::new(&needles).map(Arc::new))
    }

    /// A stream to take the secrets out of.
    pub fn stream(&self) -> Stream {
        Stream {
            state: self.0.as_ref().map(|needles| needles.start),
            needles: self.0.clone(),
            pending: Vec::new(),
            found: Vec::new(),
        }
    }

    /// A whole text without the secrets in it.
    pub fn text(&self, text: &str) -> String {
        let mut stream = self.stream();
        let mut scrubbed = stream.push(text.as_bytes());
        scrubbed.extend(stream.end());
        String::from_utf8_lossy(&scrubbed).into_owned()
    }
}

impl Needles {
    /// `None` where there are more of them than any automaton holds: four
    /// gigabytes of secrets.
    fn new(needles: &[&[u8]]) -> Option<Self> {
        let automaton = NFA::builder()
            .match_kind(MatchKind::Standard)
            .build(needles)
            .ok()?;
        let start = automaton.start_state(Anchored::No).ok()?;
        let walk = |bytes: &[u8]| {
            bytes.iter().fold(start, |state, byte| {
                automaton.next_state(Anchored::No, state, *byte)
            })
        };
        let mut depths = HashMap::new();
        for needle in needles {
            let mut state = start;
            for (at, byte) in needle[..needle.len() - 1].iter().enumerate() {
                state = automaton.next_state(Anchored::No, state, *byte);
                depths.insert(state, at + 1);
            }
        }
        // A whole secret is the beginning of another one, or else only its end
        // may be; shorter ones first, because its end may be a whole one.
        let mut by_length = needles.to_vec();
        by_length.sort_by_key(|needle| needle.len());
        for needle in by_length {
            let end = depths.get(&walk(&needle[1..])).copied().unwrap_or_default();
            depths.entry(walk(needle)).or_insert(end);
        }
        Some(Needles {
            automaton,
            depths,
            start,
        })
    }

    /// The longest secret that ends where the automaton is in a state.
    fn ending(&self, state: StateID) -> Option<usize> {
        if !self.automaton.is_match(state) {
            return None;
        }
        (0..self.automaton.match_len(state))
            .map(|index| self.automaton.match_pattern(state, index))
            .map(|pattern| self.automaton.pattern_len(pattern))
            .max()
    }
}

/// A stretch of pending bytes that is to be taken out.
struct Found {
    from: usize,
    to: usize,
    /// Whether its mark has been written: the rest of it is left out.
    is_marked: bool,
}

/// What is being written, without the secrets.
pub struct Stream {
    needles: Option<Arc<Needles>>,
    state: Option<StateID>,
    /// Bytes that may be part of a secret, or stand behind one that may.
    pending: Vec<u8>,
    /// In order, none overlapping another.
    found: Vec<Found>,
}

impl Stream {
    /// Takes the next bytes; gives those that are certain not to be secret.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let (Some(needles), Some(mut state)) = (self.needles.clone(), self.state) else {
            return bytes.to_vec();
        };
        let mut certain = Vec::with_capacity(bytes.len());
        for byte in bytes {
            state = needles.automaton.next_state(Anchored::No, state, *byte);
            if state == needles.start && self.pending.is_empty() {
                certain.push(*byte);
                continue;
            }
            self.pending.push(*byte);
            if let Some(length) = needles.ending(state) {
                self.find(length);
            }
            let open = needles.depths.get(&state).copied().unwrap_or_default();
            if open == 0 || self.pending.len() > 2 * open + SCRUBBED.len() {
                self.flush(self.pending.len() - open, &mut certain);
            }
        }
        let open = needles.depths.get(&state).copied().unwrap_or_default();
        self.flush(self.pending.len().saturating_sub(open), &mut certain);
        self.state = Some(state);
        certain
    }

    /// The bytes that were held back, once there are no more to come.
    pub fn end(&mut self) -> Vec<u8> {
        let mut certain = Vec::new();
        self.flush(self.pending.len(), &mut certain);
        self.state = self.needles.as_ref().map(|needles| needles.start);
        certain
    }

    /// A secret of a length ends with the last pending byte; one that it
    /// overlaps with becomes one with it.
    fn find(&mut self, length: usize) {
        let to = self.pending.len();
        let mut found = Found {
            from: to.saturating_sub(length),
            to,
            is_marked: false,
        };
        while let Some(last) = self.found.pop_if(|last| last.to > found.from) {
            found.from = found.from.min(last.from);
            found.is_marked |= last.is_marked;
        }
        self.found.push(found);
    }

    /// Gives the pending bytes up to a place, without the secrets among them.
    fn flush(&mut self, up_to: usize, certain: &mut Vec<u8>) {
        let mut given = 0;
        for found in &mut self.found {
            if found.from >= up_to {
                break;
            }
            certain.extend_from_slice(&self.pending[given..found.from]);
            if !found.is_marked {
                certain.extend_from_slice(SCRUBBED);
                found.is_marked = true;
            }
            given = found.to.min(up_to);
        }
        if given < up_to {
            certain.extend_from_slice(&self.pending[given..up_to]);
        }
        self.pending.drain(..up_to);
        self.found.retain_mut(|found| {
            found.from = found.from.saturating_sub(up_to);
            found.to = found.to.saturating_sub(up_to);
            found.to > 0
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scrubber(values: &[&str]) -> Scrubber {
        let values: Vec<_> = values
            .iter()
            .map(|value| value.as_bytes().to_vec())
            .collect();
        Scrubber::new(&values)
    }

    #[test]
    fn values_their_lines_and_what_is_left_when_trimmed_are_taken_out() {
        let key = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\n  }\nq83vASNF\n-----END KEY-----\n";
        let it = scrubber(&[key, " padded ", "a"]);
        for (text, expected) in [
            (key, "***"),
            (key.trim(), "***"),
            ("x MIIEowIBAAKCAQEA q83vASNF\r\n", "x *** ***\r\n"),
            ("  }\n", "  }\n"),
            ("<padded>< padded >", "<***><***>"),
            ("b a c", "b *** c"),
            ("", ""),
        ] {
            assert_eq!(it.text(text), expected, "{text:?}");
        }
        assert_eq!(Scrubber::default().text("a"), "a");
        assert_eq!(scrubber(&["", "\n"]).text("b\n"), "b***");
    }

    #[test]
    fn secrets_that_overlap_are_taken_out_together() {
        for (values, text, expected) in [
            (&["abc", "cde"][..], "xabcdey", "x***y"),
            (&["abcd", "bc"], "abce abcd", "a***e ***"),
            (&["aa"], "aaaaa b", "*** b"),
            (&["ab", "cd", "abxcdz"], "abxcdz abxcd", "*** ***x***"),
            (&["ab"], "abab", "******"),
        ] {
            assert_eq!(scrubber(values).text(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_a_secret_any_more_is_not_held_back() {
        let mut stream = scrubber(&["secret"]).stream();
        assert_eq!(stream.push(b"password: se"), b"password: ");
        assert_eq!(stream.push(b"t\nsecre"), b"set\n");
        assert_eq!(stream.push(b"t"), b"***");
        assert_eq!(stream.push(b"sec"), b"");
        assert_eq!(stream.end(), b"sec");
    }

    #[test]
    fn a_secret_without_end_takes_no_memory() {
        let mut stream = scrubber(&["aa"]).stream();
        let mut written = Vec::new();
        for _ in 0..1000 {
            written.extend(stream.push(&[b'a'; 1000]));
            assert!(stream.pending.len() < 10 && stream.found.len() < 10);
        }
        written.extend(stream.end());
        assert_eq!(written, b"***");
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference_and_no_secret_is_left(
            values in prop::collection::vec("[ab\n]{1,6}", 1..4),
            text in "[abc\n]{0,40}",
            cuts in prop::collection::vec(0..40_usize, 0..6),
        ) {
            let values: Vec<_> = values.into_iter().map(String::into_bytes).collect();
            let it = Scrubber::new(&values);
            let whole = it.text(&text);
            let mut stream = it.stream();
            let mut written = Vec::new();
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.sort_unstable();
            let mut from = 0;
            for cut in cuts.into_iter().chain([text.len()]) {
                written.extend(stream.push(&text.as_bytes()[from..cut]));
                from = cut;
            }
            written.extend(stream.end());
            prop_assert_eq!(String::from_utf8(written).unwrap(), whole.clone());
            for value in values {
                let value = String::from_utf8(value).unwrap();
                prop_assert!(!whole.contains(&value), "{:?} in {:?}", value, whole);
            }
        }
    }
}
