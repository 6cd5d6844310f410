//! Lints that are not for what an author can change.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, parse_quote};

/// For what the attributes write.
pub fn of_expansion() -> TokenStream {
    quote! {
        #[allow(
            warnings,
            unreachable_pub,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction
        )]
    }
}

/// For the signature of a function: it is the API that asks for `&self`, for owned parameters, and for
/// as many as there are arguments; its doc comment is the help of the command line.
pub fn of_signature() -> Attribute {
    parse_quote! {
        #[allow(
            clippy::too_many_arguments,
            clippy::fn_params_excessive_bools,
            clippy::needless_pass_by_value,
            clippy::unused_self,
            clippy::unused_async,
            clippy::trivially_copy_pass_by_ref,
            clippy::must_use_candidate,
            clippy::return_self_not_must_use,
            clippy::missing_errors_doc,
            clippy::missing_panics_doc
        )]
    }
}
