//! Numbers that the API does not hold are errors of the function that returns them.

use dagger_sdk::prelude::*;
use dagger_sdk::testing::{self, Recorder, block_on, json};

#[object]
pub struct Numbers {}

#[functions]
impl Numbers {
    #[function]
    fn large(&self, by: u64) -> u64 {
        i64::MAX as u64 + by
    }

    #[function]
    fn sizes(&self) -> Vec<usize> {
        vec![1, usize::MAX]
    }

    #[function]
    fn infinite(&self) -> f64 {
        f64::INFINITY
    }
}

fn call(function: &str, arguments: testing::Value) -> Result<testing::Value, String> {
    let recorder = Recorder::new();
    let call = testing::call::<Numbers>(&recorder, function, json!({}), arguments);
    block_on(call).map_err(|error| error.to_string())
}

#[test]
fn the_largest_number_of_the_api_is_returned() {
    assert_eq!(call("large", json!({"by": 0})), Ok(json!(i64::MAX)));
}

#[test]
fn a_larger_number_is_an_error_of_its_function() {
    assert_eq!(
        call("large", json!({"by": 1})).unwrap_err(),
        "the result of function `large`: expected a whole number of at most 9223372036854775807, got 9223372036854775808"
    );
    assert_eq!(
        call("sizes", json!({})).unwrap_err(),
        "the result of function `sizes`: item 2: expected a whole number of at most 9223372036854775807, got \
         18446744073709551615"
    );
}

#[test]
fn what_is_not_finite_is_an_error_of_its_function() {
    assert_eq!(
        call("infinite", json!({})).unwrap_err(),
        "the result of function `infinite`: expected a finite number, got null"
    );
}
