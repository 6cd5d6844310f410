//! One parameter of a function: the client, or an argument of the API.

use crate::arg_options::{ArgOptions, Place};
use crate::conversions;
use crate::default;
use crate::docs;
use crate::names::ApiName;
use crate::place::place;
use crate::types::{self, Client};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, FnArg, Ident, LitStr, Pat, Result, Type};

pub enum Parameter {
    Client(Client),
    Argument(Box<Argument>),
}

/// What the API knows of an argument; fields of the main object are arguments of its constructor.
pub struct Argument {
    pub name: ApiName,
    pub ty: Type,
    pub docs: String,
    pub options: ArgOptions,
    /// The name in Rust, if the pattern is one.
    pub rust_name: Option<Ident>,
    /// The associated constant that holds the conversions of the type.
    pub reader: Ident,
    /// Whether nothing but the type can make it one that may be left out. A field is no argument,
    /// unless its object is the main one.
    pub is_required: bool,
}

impl Parameter {
    /// Reads a parameter, and leaves only what rustc knows in it. `reader` names the constant that
    /// will hold the conversions of its type.
    ///
    /// # Errors
    /// If the pattern is no name, or the type can't cross the wire.
    pub fn take(input: &mut FnArg, reader: Ident) -> Result<Option<Self>> {
        let FnArg::Typed(input) = input else {
            return Ok(None);
        };
        let docs = docs::text(&input.attrs);
        input.attrs.retain(|attribute| !docs::is_doc(attribute));
        let mut options = ArgOptions::take(&mut input.attrs, Place::Parameter)?;
        if let Some((_, option)) = &options.seclusion {
            return Err(Error::new(
                option.span(),
                format!(
                    "`{option}` is for fields: leave a parameter out that callers must not give"
                ),
            ));
        }
        if let Some(client) = types::client(&input.ty) {
            return Ok(Some(Self::Client(client)));
        }
        types::refuse_untransportable(&input.ty, "a parameter")?;
        let name = match (options.name.take(), input.pat.as_ref()) {
            (Some(name), _) => name,
            (None, Pat::Ident(pattern)) => ApiName::of_value(&pattern.ident),
            (None, pattern) => {
                return Err(Error::new(
                    pattern.span(),
                    "a parameter has a name in the API: write `name: Type`, or give `#[arg(name = \"…\")]`",
                ));
            }
        };
        let rust_name = match input.pat.as_ref() {
            Pat::Ident(pattern) => Some(pattern.ident.clone()),
            _ => None,
        };
        let is_required = options.default.is_none()
            && options.default_path.is_none()
            && options.default_address.is_none();
        Ok(Some(Self::Argument(Box::new(Argument {
            is_required,
            name,
            rust_name,
            ty: input.ty.as_ref().clone(),
            docs,
            options,
            reader,
        }))))
    }
}

impl Argument {
    /// The expression of the argument's definition.
    pub fn definition(&self) -> TokenStream {
        let Self {
            name,
            ty,
            docs,
            options,
            reader,
            ..
        } = self;
        let default = self.default();
        let default_path = checked("default_path", ty, options.default_path.as_ref());
        let default_address = checked("default_address", ty, options.default_address.as_ref());
        let deprecated = self.deprecated();
        let place = place(self.name.span);
        let ignore = match options.ignore.as_slice() {
            [] => quote!(&[]),
            patterns => {
                let ignore = quote_spanned!(ty.span()=> ::dagger_sdk::__private::ignore::<#ty>);
                quote!(#ignore(&[#(#patterns),*]))
            }
        };
        quote! {
            ::dagger_sdk::__private::ArgDef {
                name: #name,
                description: #docs,
                type_ref: (Self::#reader.describe)(registry),
                default: #default,
                default_path: #default_path,
                default_address: #default_address,
                ignore: #ignore,
                deprecated: #deprecated,
                place: #place,
            }
        }
    }

    /// The reason of a deprecation. What must be given can't be deprecated: nobody could follow it.
    fn deprecated(&self) -> TokenStream {
        let Self { ty, options, .. } = self;
        let reason = optional(options.deprecated.as_ref());
        let Some(literal) = options.deprecated.as_ref().filter(|_| self.is_required) else {
            return reason;
        };
        quote_spanned! {literal.span()=>
            {
                const _: () = ::core::assert!(
                    <#ty as ::dagger_sdk::__private::Input>::OPTIONAL,
                    "an argument that must be given can't be deprecated: give it a default or make it an `Option`"
                );
                #reason
            }
        }
    }

    /// The associated constant that holds the conversions of the type.
    pub fn conversions(&self) -> TokenStream {
        let Self { ty, reader, .. } = self;
        let value = conversions::of_argument(ty);
        quote! {
            #[doc(hidden)]
            const #reader: ::dagger_sdk::__private::Reader<#ty> = #value;
        }
    }

    /// The expression that takes the argument's value out of `inputs`.
    pub fn value(&self) -> TokenStream {
        let Self { name, reader, .. } = self;
        let default = self.default();
        quote!(inputs.argument(#name, &Self::#reader, #default)?)
    }

    fn default(&self) -> TokenStream {
        default::optional(self.options.default.as_ref(), &self.ty)
    }

    /// Refuses that there is no doc comment; `what` is the argument, or a field.
    ///
    /// # Errors
    /// At the name.
    pub fn refuse_undocumented(&self, what: &str) -> Result<()> {
        docs::refuse_missing(&self.docs, self.name.span, what)
    }
}

/// A call of the function of the runtime that only takes types which the option is for.
fn checked(option: &str, ty: &Type, literal: Option<&LitStr>) -> TokenStream {
    match literal {
        None => quote!(::core::option::Option::None),
        Some(text) => {
            let function = Ident::new(option, Span::call_site());
            let function = quote_spanned!(ty.span()=> ::dagger_sdk::__private::#function::<#ty>);
            quote!(#function(#text))
        }
    }
}

/// `Some("…")` or `None`.
pub fn optional(literal: Option<&LitStr>) -> TokenStream {
    match literal {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}
