//! A type of the module on its way from and to the engine.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// Implements `Input` and `Output` by the library's functions for this kind of type: `object`, `interface`
/// or `enumeration`.
pub fn of_kind(kind: &str, ty: &Ident) -> TokenStream {
    let register = format_ident!("{kind}");
    let decode = format_ident!("decode_{kind}");
    let encode = format_ident!("encode_{kind}");
    quote! {
        impl ::dagger_module::__private::Input for #ty {
            fn describe(
                registry: &mut ::dagger_module::__private::Registry,
            ) -> ::dagger_module::__private::TypeRef {
                registry.#register::<Self>()
            }

            fn decode(
                value: ::dagger_module::__private::Value,
                client: &::dagger_module::__private::Query,
            ) -> ::core::result::Result<Self, ::dagger_module::ConversionError> {
                ::dagger_module::__private::#decode(value, client)
            }
        }

        impl ::dagger_module::__private::Output for #ty {
            fn describe(
                registry: &mut ::dagger_module::__private::Registry,
            ) -> ::dagger_module::__private::TypeRef {
                registry.#register::<Self>()
            }

            fn encode(self) -> ::dagger_module::__private::Encoded {
                ::dagger_module::__private::#encode(self)
            }
        }
    }
}

/// The same, and `Shared`: values that an interface's functions can take.
pub fn of_shared_kind(kind: &str, ty: &Ident) -> TokenStream {
    let conversions = of_kind(kind, ty);
    let literal = format_ident!("{kind}_literal");
    quote! {
        #conversions

        impl ::dagger_module::Shared for #ty {
            fn literal(&self) -> ::dagger_module::__private::Literal<'_> {
                ::dagger_module::__private::#literal(self)
            }
        }
    }
}
