//! `main!(Object)`: the program of a module.

use crate::docs;
use crate::manifest;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Path};

/// The program whose main object is `object`.
pub fn expand(object: Path) -> TokenStream {
    let description = description().unwrap_or_default();
    let named = manifest::found().map(|found| named(&object, &found));
    let checked = quote_spanned!(object.span()=> <#object as ::dagger_sdk::Object>::CAN_BE_MADE);
    quote! {
        const _: () = #checked;
        #named

        fn main() -> ::std::process::ExitCode {
            ::dagger_sdk::__private::run_described::<#object>(#description)
        }
    }
}

/// Holds the object to the name of the module, under which alone the engine finds it.
fn named(object: &Path, found: &manifest::Manifest) -> TokenStream {
    let manifest::Manifest { path, name } = found;
    let expected = manifest::of_type(name);
    let message = format!(
        "the module is called `{name}` in its {}, so its main object must be `{expected}`: rename one, or write \
         `#[object(name = \"{expected}\")]`",
        path.file_name()
            .map_or_else(String::new, |file| file.to_string_lossy().into_owned()),
    );
    let path = LitStr::new(&path.to_string_lossy(), Span::call_site());
    let check = quote_spanned! {object.span()=>
        ::core::assert!(::dagger_sdk::__private::is_spelled::<#object>(#name), #message)
    };
    quote! {
        // So that cargo builds anew after a change of it.
        const _: &[u8] = ::core::include_bytes!(#path);
        const _: () = #check;
    }
}

/// The `//!` text of the file that calls the macro.
fn description() -> Option<String> {
    if !proc_macro::is_available() {
        return None;
    }
    let file = Span::call_site().unwrap().local_file()?;
    let text = std::fs::read_to_string(file).ok()?;
    let inner = |input: ParseStream| {
        let attributes = Attribute::parse_inner(input)?;
        input.parse::<TokenStream>()?;
        Ok(attributes)
    };
    Some(docs::text(&inner.parse_str(&text).ok()?))
}
