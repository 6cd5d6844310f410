//! A type of the module on its way from and to the engine.

use crate::types;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Type};

/// The conversions of an argument's type.
pub fn of_argument(ty: &Type) -> TokenStream {
    of_type(ty, "reader", "READER", None)
}

/// The conversions of a field's type towards the engine.
pub fn of_field(ty: &Type) -> TokenStream {
    of_type(ty, "writer", "WRITER", None)
}

/// The conversions of a function's result.
pub fn of_result(ty: &Type) -> TokenStream {
    let failure = types::is_result(ty)
        .then(|| quote_spanned!(ty.span()=> let _ = ::dagger_sdk::__private::failure::<#ty>;));
    match types::innermost(ty) {
        None => {
            let function = quote_spanned!(ty.span()=> ::dagger_sdk::__private::returned::<#ty>);
            quote!(#function())
        }
        Some(_) => of_type(ty, "writer", "RETURNED", failure),
    }
}

/// Demands conversions of the type that is in others, and takes those of the whole: so the compiler
/// complains of the one that an author forgot something at.
fn of_type(ty: &Type, function: &str, constant: &str, more: Option<TokenStream>) -> TokenStream {
    let (function, constant) = (format_ident!("{function}"), format_ident!("{constant}"));
    match types::innermost(ty) {
        None => {
            let function = quote_spanned!(ty.span()=> ::dagger_sdk::__private::#function::<#ty>);
            quote!(#function())
        }
        Some(inner) => {
            let demanded =
                quote_spanned!(inner.span()=> ::dagger_sdk::__private::#function::<#inner>);
            quote! {{
                use ::dagger_sdk::__private::NoConversions as _;
                let _ = #demanded;
                #more
                ::dagger_sdk::__private::Conversions::<#ty>::#constant
            }}
        }
    }
}

/// Implements `Input` and `Output` by the library's functions for this kind of type: `object`, `interface`
/// or `enumeration`.
pub fn of_kind(kind: &str, ty: &Ident) -> TokenStream {
    let register = format_ident!("{kind}");
    let decode = format_ident!("decode_{kind}");
    let encode = format_ident!("encode_{kind}");
    quote! {
        #[diagnostic::do_not_recommend]
        impl ::dagger_sdk::__private::Input for #ty {
            fn describe(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::dagger_sdk::__private::TypeRef {
                registry.#register::<Self>()
            }

            fn decode(
                value: ::dagger_sdk::__private::Value,
                client: &::dagger_sdk::__private::Dag,
            ) -> ::core::result::Result<Self, ::dagger_sdk::ConversionError> {
                ::dagger_sdk::__private::#decode(value, client)
            }
        }

        #[diagnostic::do_not_recommend]
        impl ::dagger_sdk::__private::Output for #ty {
            fn describe(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::dagger_sdk::__private::TypeRef {
                registry.#register::<Self>()
            }

            fn encode(self) -> ::dagger_sdk::__private::Encoded {
                ::dagger_sdk::__private::#encode(self)
            }
        }
    }
}

/// How a type of the module looks to who calls it over the session.
pub fn remote(kind: &str, ty: &Ident) -> TokenStream {
    let (value, called, named, decode, call) = match kind {
        "object" => (
            quote!(<Self as ::dagger_sdk::Object>::Calls),
            quote!(<Self as ::dagger_sdk::Object>::Calls),
            true,
            quote!(::dagger_sdk::__private::own_of_id::<Self>(json, dag)),
            quote!(::core::convert::From::from(
                ::dagger_sdk::__private::OwnObject::at(call.node())
            )),
        ),
        "interface" => (
            quote!(Self),
            quote!(Self),
            true,
            quote!(::dagger_sdk::__private::decode_interface(json, dag)),
            quote!(<Self as ::dagger_sdk::__private::Linked>::of_node(
                call.node()
            )),
        ),
        _ => (
            quote!(Self),
            quote!(::dagger_sdk::__private::Awaited<Self>),
            false,
            quote!(::dagger_sdk::__private::decode_enumeration(json, dag)),
            quote!(::dagger_sdk::__private::awaited::<Self>(call)),
        ),
    };
    quote! {
        #[diagnostic::do_not_recommend]
        impl ::dagger_sdk::__private::Remote for #ty {
            type Value = #value;
            type Called = #called;
            const NAMED: bool = #named;

            fn value(
                json: ::dagger_sdk::__private::Value,
                dag: &::dagger_sdk::__private::Dag,
            ) -> ::core::result::Result<#value, ::dagger_sdk::ConversionError> {
                #decode
            }

            fn called(call: ::dagger_sdk::__private::Call) -> #called {
                #call
            }
        }
    }
}

/// The same, and `Shared`: values that an interface's functions can take.
pub fn of_shared_kind(kind: &str, ty: &Ident) -> TokenStream {
    let conversions = of_kind(kind, ty);
    let remote = remote(kind, ty);
    let argument = format_ident!("{kind}_argument");
    quote! {
        #conversions
        #remote

        #[diagnostic::do_not_recommend]
        impl ::dagger_sdk::Shared for #ty {
            fn argument(&self) -> ::dagger_sdk::__private::Argument {
                ::dagger_sdk::__private::#argument(self)
            }
        }
    }
}
