//! What is sold.

use crate::MyShop;
use dagger_sdk::prelude::*;

/// A kind of tea.
#[enumeration]
pub enum Tea {
    /// Not fermented.
    Green,
    Black,
}

#[functions]
impl MyShop {
    /// Return a list of what is sold.
    #[function(generate)]
    pub async fn goods(
        &self,
        /// Where the list goes.
        src: Directory,
        #[arg(default = Tea::Green)] tea: Tea,
    ) -> Result<Changeset> {
        Ok(src.with_new_file("goods", tea.member()).changes(&src))
    }
}
