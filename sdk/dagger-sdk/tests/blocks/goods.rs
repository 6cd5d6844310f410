//! A chapter of the shop.

use dagger_sdk::prelude::*;

#[functions(itself, documented)]
impl crate::shop::Shop {
    /// Return what is sold.
    #[function]
    pub fn goods(
        &self,
        /// What is sold besides.
        more: String,
    ) -> Vec<String> {
        let sold = self.sold.iter().cloned();
        sold.chain([more]).collect()
    }

    /// Return how many things are sold.
    #[function]
    fn count(&self) -> usize {
        self.sold.len()
    }
}
