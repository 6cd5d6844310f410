//! `#[functions(itself)]`: the functions of an object as calls over the session.

use crate::function::{Function, arguments};
use crate::functions::Shown;
use crate::lints;
use crate::names;
use crate::parameter::Argument;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Ident, Path, Type};

/// The methods of the struct that `#[object]` made of the object called `object`.
pub fn methods(object: &Path, constructor: Option<&Shown>, functions: &[Shown]) -> TokenStream {
    let mut calls = object.clone();
    if let Some(last) = calls.segments.last_mut() {
        last.ident = names::calls(&last.ident);
    }
    let methods = functions.iter().map(|shown| method(shown, object));
    let made = constructor.map(|shown| {
        let visibility = &shown.visibility;
        let (parameters, given) = given(&shown.function, object);
        let call = local();
        quote! {
            /// The object made anew over the session, by a call of its constructor.
            #visibility fn itself(dag: &::dagger_sdk::Dag, #(#parameters),*) -> #calls {
                let #call = ::dagger_sdk::__private::constructor(dag);
                #(#given)*
                ::core::convert::From::from(::dagger_sdk::__private::OwnObject::at(#call.node()))
            }
        }
    });
    let lints = lints::of_expansion();
    let made = made.map(|made| quote!(#lints impl #object { #made }));
    quote! {
        #made

        #lints
        impl #calls {
            #(#methods)*
        }
    }
}

fn method(shown: &Shown, object: &Path) -> TokenStream {
    let function = &shown.function;
    let (visibility, rust_name, name) = (&shown.visibility, &function.rust_name, &function.name);
    let docs = function.docs();
    let output = named(&function.output, object);
    let call = local();
    let remote = quote_spanned!(output.span()=> <#output as ::dagger_sdk::__private::Remote>);
    let (parameters, given) = given(function, object);
    quote! {
        #[doc = #docs]
        #visibility fn #rust_name(&self, #(#parameters),*) -> #remote::Called {
            let #call = ::dagger_sdk::__private::called(::dagger_sdk::__private::OwnObject::node(self), #name);
            #(#given)*
            #remote::called(#call)
        }
    }
}

/// The type with the object's name for `Self`, which is another type here than in the author's block.
fn named(ty: &Type, object: &Path) -> Type {
    struct Named<'a>(&'a Path);

    impl VisitMut for Named<'_> {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            if path.is_ident("Self") {
                let object = self.0;
                *path = syn::parse_quote_spanned!(path.span()=> #object);
            }
            visit_mut::visit_path_mut(self, path);
        }
    }

    let mut ty = ty.clone();
    Named(object).visit_type_mut(&mut ty);
    ty
}

/// The variable that holds the call: another one than a parameter of that name.
fn local() -> Ident {
    Ident::new("call", Span::mixed_site())
}

/// The parameters of a call, and the statements that give them to it.
fn given(function: &Function, object: &Path) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let all = arguments(&function.parameters).enumerate();
    all.map(|(index, argument)| {
        let Argument { name, ty, .. } = argument;
        let ty = named(ty, object);
        let call = self::local();
        let local = match &argument.rust_name {
            Some(name) => name.clone(),
            None => format_ident!("argument_{index}"),
        };
        let give = quote_spanned!(ty.span()=> ::dagger_sdk::__private::given::<#ty>());
        (
            quote!(#local: #ty),
            quote!(let #call = (#give.give)(#call, #name, #local);),
        )
    })
    .unzip()
}
