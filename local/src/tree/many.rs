//! Work on many entries: none needs another, and there is more than one processor.

use std::thread;

use super::error::TreeError;

/// Fewer are not worth a thread of their own.
const SHARE: usize = 256;

/// Does the work for each; the results are in the order of what they are of.
///
/// # Errors
/// The first one in that order.
pub(super) fn each<T: Sync, R: Send>(
    things: &[T],
    work: impl Fn(&T) -> Result<R, TreeError> + Sync,
) -> Result<Vec<R>, TreeError> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let share = things.len().div_ceil(processors).max(SHARE);
    let done = |things: &[T]| things.iter().map(&work).collect::<Result<Vec<R>, _>>();
    if things.len() <= share {
        return done(things);
    }
    let shares = thread::scope(|scope| {
        let running: Vec<_> = things
            .chunks(share)
            .map(|things| scope.spawn(move || done(things)))
            .collect();
        let ended = running.into_iter().map(|share| {
            share
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        ended.collect::<Result<Vec<_>, _>>()
    })?;
    Ok(shares.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn wrong(number: usize) -> TreeError {
        TreeError::NotUtf8 {
            path: PathBuf::from(number.to_string()),
        }
    }

    #[test]
    fn results_are_in_order_however_many_there_are() {
        for count in [0, 1, SHARE, 10 * SHARE + 1] {
            let numbers: Vec<_> = (0..count).collect();
            let doubled = each(&numbers, |number| Ok(2 * number)).unwrap();
            assert!(doubled.into_iter().eq((0..count).map(|number| 2 * number)));
        }
    }

    #[test]
    fn the_first_error_is_the_one_that_is_told() {
        let numbers: Vec<_> = (0..10 * SHARE).collect();
        let result = each(&numbers, |number| match number % (3 * SHARE) {
            7 => Err(wrong(*number)),
            _ => Ok(()),
        });
        assert_eq!(result.unwrap_err().to_string(), wrong(7).to_string());
    }
}
