//! One function of the API: a method with `#[function]`, or one of an interface.

use crate::conversions;
use crate::docs;
use crate::function_options::{Cache, FunctionOptions};
use crate::names::{self, ApiName};
use crate::parameter::{Argument, Parameter, optional};
use crate::place::place;
use crate::problems::Problems;
use crate::types::{self, Client};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, Receiver, ReceiverKind, Result, ReturnType, Signature, Type};

pub struct Function {
    pub name: ApiName,
    pub options: FunctionOptions,
    docs: String,
    pub rust_name: Ident,
    /// Whether the method takes the object itself, not a reference to it.
    takes_object: bool,
    pub is_async: bool,
    pub parameters: Vec<Parameter>,
    pub output: Type,
}

impl Function {
    /// Reads the signature of a method, and leaves only what rustc knows in it.
    ///
    /// # Errors
    /// Everything in the signature that the API has no counterpart of.
    pub fn take(
        attributes: &[Attribute],
        signature: &mut Signature,
        mut options: FunctionOptions,
    ) -> Result<Self> {
        let mut problems = Problems::default();
        if !signature.generics.params.is_empty() {
            problems.add(Error::new(
                signature.generics.span(),
                "a function of the API is not generic: write its types out",
            ));
        }
        problems.keep(receiver(
            signature.receiver(),
            signature.ident.span(),
            &options,
        ));
        let mut parameters = Vec::new();
        for (index, input) in signature.inputs.iter_mut().enumerate() {
            let reader = format_ident!("__DAGGER_{}_{index}", signature.ident.unraw());
            if let Some(Some(parameter)) = problems.keep(Parameter::take(input, reader)) {
                parameters.push(parameter);
            }
        }
        problems.keep(names::refuse_duplicates(
            arguments(&parameters).map(|argument| &argument.name),
            "argument",
        ));
        let output = match &signature.output {
            ReturnType::Default => syn::parse_quote_spanned!(signature.ident.span()=> ()),
            ReturnType::Type(_, ty) => ty.as_ref().clone(),
        };
        problems.keep(types::refuse_untransportable(&output, "a result"));
        let name = options
            .name
            .take()
            .unwrap_or_else(|| ApiName::of_value(&signature.ident));
        problems.keep(refuse_reserved(&name));
        let function = Self {
            name,
            options,
            docs: docs::text(attributes),
            rust_name: signature.ident.clone(),
            takes_object: signature
                .receiver()
                .is_some_and(|receiver| !matches!(receiver.kind, ReceiverKind::Reference(..))),
            is_async: signature.asyncness.is_some(),
            parameters,
            output,
        };
        problems.into_result(function)
    }

    /// The help.
    pub fn docs(&self) -> &str {
        &self.docs
    }

    /// Refuses a function or an argument without a doc comment.
    ///
    /// # Errors
    /// At the name of each.
    pub fn refuse_undocumented(&self) -> Result<()> {
        let mut problems = Problems::default();
        let name = self.rust_name.span();
        problems.keep(docs::refuse_missing(&self.docs, name, "function"));
        for argument in arguments(&self.parameters) {
            problems.keep(argument.refuse_undocumented("argument"));
        }
        problems.into_result(())
    }

    pub fn is_constructor(&self) -> bool {
        self.options.constructor.is_some()
    }

    /// The expression of the function's definition; a constructor's name in the API is empty.
    pub fn definition(&self) -> TokenStream {
        let docs = &self.docs;
        let name = &self.name;
        let name = if self.is_constructor() {
            quote!("")
        } else {
            quote!(#name)
        };
        let output = &self.output;
        let returned = self.returned();
        let arguments = arguments(&self.parameters).map(Argument::definition);
        let check = self.options.check;
        let generate = kind("generate", self.options.generate, output);
        let up = kind("up", self.options.up.is_some(), output);
        let known = self.options.up.map(up_is_known);
        let place = place(self.rust_name.span());
        let deprecated = optional(self.options.deprecated.as_ref());
        let cache = match &self.options.cache {
            None => quote!(Default),
            Some(Cache::Never) => quote!(Never),
            Some(Cache::Session) => quote!(Session),
            Some(Cache::Duration(life)) => quote!(Duration(#life)),
        };
        quote! {{
            #known
            ::dagger_sdk::__private::FunctionDef {
                name: #name,
                description: #docs,
                args: ::std::vec![#(#arguments),*],
                returns: (Self::#returned.describe)(registry),
                check: #check,
                generate: #generate,
                up: #up,
                cache: ::dagger_sdk::__private::CachePolicy::#cache,
                deprecated: #deprecated,
                place: #place,
            }
        }}
    }

    /// The associated constant that holds the conversions of the result.
    pub fn returned(&self) -> Ident {
        format_ident!("__DAGGER_{}_RETURNED", self.rust_name.unraw())
    }

    /// The associated constants that hold the conversions of all types of the signature.
    pub fn conversions(&self) -> TokenStream {
        let output = &self.output;
        let returned = self.returned();
        let arguments = arguments(&self.parameters).map(Argument::conversions);
        let (ty, value) = if self.is_constructor() {
            let function = quote_spanned! {output.span()=>
                ::dagger_sdk::__private::constructed::<Self, #output>
            };
            (quote!(Constructed<Self, #output>), quote!(#function()))
        } else {
            (quote!(Returned<#output>), conversions::of_result(output))
        };
        quote! {
            #(#arguments)*
            #[doc(hidden)]
            const #returned: ::dagger_sdk::__private::#ty = #value;
        }
    }

    /// The statements that decode the arguments, and the call with them. `this` is the object.
    pub fn call(&self) -> TokenStream {
        let method = &self.rust_name;
        let mut decoded = Vec::new();
        let mut given = Vec::new();
        if !self.is_constructor() {
            // The object was decoded for this call: it may be had whole.
            given.push(if self.takes_object {
                quote!(this)
            } else {
                quote!(&this)
            });
        }
        for (index, parameter) in self.parameters.iter().enumerate() {
            match parameter {
                Parameter::Client(Client::Borrowed) => given.push(quote!(&client)),
                Parameter::Client(Client::Owned) => {
                    given.push(quote!(::core::clone::Clone::clone(&client)));
                }
                Parameter::Argument(argument) => {
                    let local = format_ident!("argument_{index}");
                    let value = argument.value();
                    decoded.push(quote!(let #local = #value;));
                    given.push(quote!(#local));
                }
            }
        }
        let wait = self.is_async.then(|| quote!(.await));
        quote! {
            let client = inputs.client();
            #(#decoded)*
            let outcome = Self::#method(#(#given),*)#wait;
        }
    }
}

pub fn arguments(parameters: &[Parameter]) -> impl Iterator<Item = &Argument> {
    parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Argument(argument) => Some(argument.as_ref()),
        Parameter::Client(_) => None,
    })
}

/// Whether a function is of a kind, which only some results can have.
fn kind(name: &str, chosen: bool, output: &Type) -> TokenStream {
    if !chosen {
        return quote!(false);
    }
    let function = format_ident!("{name}");
    quote_spanned!(output.span()=> ::dagger_sdk::__private::#function::<#output>())
}

/// Refuses `up` where the API has no word for it.
fn up_is_known(option: Span) -> TokenStream {
    quote_spanned! {option=>
        const _: () = ::core::assert!(
            ::dagger_sdk::__private::HAS_UP,
            "the API of this module's `engineVersion` knows no `up`: engines have it from v0.21 on"
        );
    }
}

fn receiver(
    receiver: Option<&Receiver>,
    name: proc_macro2::Span,
    options: &FunctionOptions,
) -> Result<()> {
    match (receiver, options.constructor) {
        (None, Some(_)) => Ok(()),
        (None, None) => Err(Error::new(
            name,
            "a function needs `&self`; only `#[function(constructor)]` has no object yet",
        )),
        (Some(receiver), Some(_)) => Err(Error::new(
            receiver.self_token.span,
            "a constructor has no object yet: leave `self` out and return `Self`",
        )),
        (Some(receiver), None) => match &receiver.kind {
            ReceiverKind::Value | ReceiverKind::Reference(_, _, None) => Ok(()),
            ReceiverKind::Reference(_, _, Some(mutable)) => Err(Error::new(
                mutable.span,
                "a call can't change the object: take `&self`, and return what is new",
            )),
            _ => Err(Error::new(
                receiver.self_token.span,
                "a function borrows its object or takes it: write `&self` or `self`",
            )),
        },
    }
}

/// The engine gives every object a field `id` of its own.
pub fn refuse_reserved(name: &ApiName) -> Result<()> {
    if name.text == "id" {
        return Err(Error::new(
            name.span,
            "`id` belongs to the engine: rename it, or give it `name = \"…\"`",
        ));
    }
    Ok(())
}
