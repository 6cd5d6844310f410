//! `#[object]`: a struct whose fields are the object's state.

use crate::arg_options::{ArgOptions, Place};
use crate::conversions;
use crate::docs;
use crate::function::refuse_reserved;
use crate::item_options::TypeOptions;
use crate::lints;
use crate::names::{self, ApiName};
use crate::parameter::{Argument, optional};
use crate::place::place;
use crate::problems::Problems;
use crate::types;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Fields, Ident, ItemStruct, Result};

struct Field {
    rust_name: Ident,
    argument: Argument,
    /// The associated constant that holds the conversions towards the engine.
    writer: Ident,
}

impl Field {
    /// Whether it is an argument of the constructor.
    fn is_given(&self) -> bool {
        self.argument.options.is_given()
    }

    /// Whether it can be called.
    fn is_shown(&self) -> bool {
        self.argument.options.is_shown()
    }

    /// Whether its value is that of its type.
    fn is_of_type(&self) -> bool {
        !self.is_given() && self.argument.options.default.is_none()
    }
}

pub fn expand(options: TypeOptions, mut item: ItemStruct) -> Result<TokenStream> {
    let mut problems = Problems::default();
    if !item.generics.params.is_empty() {
        problems.add(Error::new(
            item.generics.span(),
            "an object of the API is not generic: write its types out",
        ));
    }
    let fields = fields(&mut item.fields, &mut problems);
    problems.keep(names::refuse_duplicates(
        fields.iter().map(|field| &field.argument.name),
        "field",
    ));
    if options.documented {
        let docs = docs::text(&item.attrs);
        problems.keep(docs::refuse_missing(&docs, item.ident.span(), "object"));
        for field in fields
            .iter()
            .filter(|field| field.is_given() || field.is_shown())
        {
            problems.keep(field.argument.refuse_undocumented("field"));
        }
    }
    problems.into_result(())?;
    let name = options
        .name
        .unwrap_or_else(|| ApiName::of_type(&item.ident));
    let lints = lints::of_expansion();
    let object = object_impl(&item, &name, &fields);
    let remote = conversions::remote("object", &item.ident);
    let conversions = conversions::of_kind("object", &item.ident);
    let calls = calls(&item);
    Ok(quote! {
        #item
        #calls
        #lints
        const _: () = {
            #object
            #conversions
            #remote
        };
    })
}

/// The object as others have it: a struct that stands for calls over the session.
fn calls(item: &ItemStruct) -> TokenStream {
    let (visibility, object) = (&item.vis, &item.ident);
    let calls = names::calls(object);
    let docs = format!("[`{object}`] as others have it: by calls over the session.");
    let lints = lints::of_expansion();
    quote! {
        #[doc = #docs]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #lints
        #visibility struct #calls(::dagger_sdk::__private::OwnObject);

        #lints
        const _: () = {
            impl ::core::convert::From<::dagger_sdk::__private::OwnObject> for #calls {
                fn from(object: ::dagger_sdk::__private::OwnObject) -> Self {
                    Self(object)
                }
            }

            impl ::core::ops::Deref for #calls {
                type Target = ::dagger_sdk::__private::OwnObject;

                fn deref(&self) -> &Self::Target {
                    &self.0
                }
            }
        };
    }
}

fn fields(fields: &mut Fields, problems: &mut Problems) -> Vec<Field> {
    match fields {
        Fields::Unit => Vec::new(),
        Fields::Unnamed(unnamed) => {
            problems.add(Error::new(
                unnamed.span(),
                "the fields of an object have names in the API: write `struct Name { field: Type }`",
            ));
            Vec::new()
        }
        Fields::Named(named) => named
            .named
            .iter_mut()
            .enumerate()
            .filter_map(|(index, field)| problems.keep(take_field(field, index)))
            .collect(),
    }
}

fn take_field(field: &mut syn::Field, index: usize) -> Result<Field> {
    let mut options = ArgOptions::take(&mut field.attrs, Place::Field)?;
    types::refuse_untransportable(&field.ty, "a field")?;
    if types::client(&field.ty).is_some() {
        return Err(Error::new(
            field.ty.span(),
            "the client is no state: take `dag: &Dag` as a parameter of the function",
        ));
    }
    let Some(rust_name) = field.ident.clone() else {
        return Err(Error::new(field.span(), "a field of an object has a name"));
    };
    let name = options
        .name
        .take()
        .unwrap_or_else(|| ApiName::of_value(&rust_name));
    refuse_reserved(&name)?;
    Ok(Field {
        argument: Argument {
            name,
            rust_name: Some(rust_name.clone()),
            ty: field.ty.clone(),
            docs: docs::text(&field.attrs),
            options,
            reader: format_ident!("__DAGGER_FIELD_{index}_IN"),
            is_required: false,
        },
        writer: format_ident!("__DAGGER_FIELD_{index}_OUT"),
        rust_name,
    })
}

fn object_impl(item: &ItemStruct, name: &ApiName, fields: &[Field]) -> TokenStream {
    let object = &item.ident;
    let description = docs::text(&item.attrs);
    let constructed = fields.iter().map(construction);
    let arguments = fields
        .iter()
        .filter(|field| field.is_given())
        .map(|field| field.argument.definition());
    let filled = fields
        .iter()
        .filter(|field| field.is_of_type())
        .map(refuse_unfilled);
    let names = fields
        .iter()
        .filter(|field| field.is_shown())
        .map(|field| &field.argument.name);
    let shown = fields
        .iter()
        .filter(|field| field.is_shown())
        .map(field_definition);
    let place = place(object.span());
    let decoded = fields.iter().map(|field| {
        let (rust_name, name) = (&field.rust_name, &field.argument.name);
        let reader = &field.argument.reader;
        quote!(#rust_name: state.field(#name, &Self::#reader)?)
    });
    let encoded = fields.iter().map(|field| {
        let (rust_name, name) = (&field.rust_name, &field.argument.name);
        let writer = &field.writer;
        quote!(state.set(#name, this.#rust_name, &Self::#writer).await?;)
    });
    let given = fields.iter().filter(|field| field.is_given()).map(|field| {
        let (rust_name, name) = (&field.rust_name, &field.argument.name);
        quote!(given.extend(::dagger_sdk::__private::given_of!(&self.#rust_name).map(|value| (#name, value)));)
    });
    let calls = names::calls(object);
    let conversions = fields.iter().map(field_conversions);
    quote! {
        impl #object {
            #(#conversions)*
        }

        impl ::dagger_sdk::Object for #object {
            type Calls = #calls;
            const NAME: &'static str = #name;
            const DESCRIPTION: &'static str = #description;
            const FIELD_NAMES: &'static [&'static str] = &[#(#names),*];
            const PLACE: ::dagger_sdk::__private::Place = #place;
            const CAN_BE_MADE: () = {
                use ::dagger_sdk::__private::{NoConstructor as _, NoDefault as _};
                let made = Self::__DAGGER_ONE_CONSTRUCTOR.is_some();
                #(#filled)*
            };

            fn fields(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::std::vec::Vec<::dagger_sdk::__private::FieldDef> {
                ::std::vec![#(#shown),*]
            }

            fn given(
                &self,
            ) -> ::std::vec::Vec<(&'static str, ::dagger_sdk::__private::Argument)> {
                let mut given = ::std::vec::Vec::new();
                #(#given)*
                given
            }

            fn constructor(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::dagger_sdk::__private::FunctionDef {
                use ::dagger_sdk::__private::NoConstructor as _;
                match Self::__DAGGER_ONE_CONSTRUCTOR {
                    ::core::option::Option::Some(own) => (own.define)(registry),
                    ::core::option::Option::None => ::dagger_sdk::__private::FunctionDef::of_fields(
                        ::std::vec![#(#arguments),*],
                        ::dagger_sdk::__private::TypeRef::Object(#name),
                        #place,
                    ),
                }
            }

            fn construct(
                mut inputs: ::dagger_sdk::__private::Inputs,
            ) -> ::dagger_sdk::__private::LocalFuture<
                ::core::result::Result<Self, ::dagger_sdk::ModuleError>,
            > {
                use ::dagger_sdk::__private::{NoConstructor as _, NoDefault as _};
                match Self::__DAGGER_ONE_CONSTRUCTOR {
                    ::core::option::Option::Some(own) => (own.make)(inputs),
                    ::core::option::Option::None => ::std::boxed::Box::pin(async move {
                        ::core::result::Result::Ok(Self { #(#constructed),* })
                    }),
                }
            }

            fn from_state(
                state: &mut ::dagger_sdk::__private::State,
            ) -> ::core::result::Result<Self, ::dagger_sdk::ConversionError> {
                ::core::result::Result::Ok(Self { #(#decoded),* })
            }

            fn into_state(
                self,
                mut state: ::dagger_sdk::__private::NewState,
            ) -> ::dagger_sdk::__private::LocalFuture<
                ::core::result::Result<
                    ::dagger_sdk::__private::NewState,
                    ::dagger_sdk::ConversionError,
                >,
            > {
                let this = self;
                ::std::boxed::Box::pin(async move {
                    #(#encoded)*
                    ::core::result::Result::Ok(state)
                })
            }
        }
    }
}

/// The expression of a field in a constructor made of the fields.
fn construction(field: &Field) -> TokenStream {
    let rust_name = &field.rust_name;
    let (name, ty) = (&field.argument.name, &field.argument.ty);
    if field.is_of_type() {
        return quote! {
            #rust_name: inputs.field_of_type::<#ty>(#name, ::dagger_sdk::__private::Probe::<#ty>::DEFAULT)?
        };
    }
    let value = field.argument.value();
    quote!(#rust_name: #value)
}

/// Refuses, in a main object without a constructor, a field that nobody gives a value.
fn refuse_unfilled(field: &Field) -> TokenStream {
    let Argument { name, ty, .. } = &field.argument;
    let message = format!(
        "the field `{}` of the main object has no value: give it a `default`, its type a `Default`, or write a \
         `#[function(constructor)]`",
        name.text
    );
    quote_spanned! {name.span=>
        ::core::assert!(made || ::dagger_sdk::__private::Probe::<#ty>::DEFAULT.is_some(), #message);
    }
}

fn field_definition(field: &Field) -> TokenStream {
    let Argument {
        name,
        docs,
        options,
        ..
    } = &field.argument;
    let writer = &field.writer;
    let deprecated = optional(options.deprecated.as_ref());
    let place = place(name.span);
    quote! {
        ::dagger_sdk::__private::FieldDef {
            name: #name,
            description: #docs,
            type_ref: (Self::#writer.describe)(registry),
            deprecated: #deprecated,
            place: #place,
        }
    }
}

/// The associated constants that hold the conversions of a field's type.
fn field_conversions(field: &Field) -> TokenStream {
    let reader = field.argument.conversions();
    let (ty, writer) = (&field.argument.ty, &field.writer);
    let value = conversions::of_field(ty);
    quote! {
        #reader
        #[doc(hidden)]
        const #writer: ::dagger_sdk::__private::Writer<#ty> = #value;
    }
}
