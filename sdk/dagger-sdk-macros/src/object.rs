//! `#[object]`: a struct whose fields are the object's state.

use crate::arg_options::ArgOptions;
use crate::conversions;
use crate::docs;
use crate::function::refuse_reserved;
use crate::item_options::TypeOptions;
use crate::names::{self, ApiName};
use crate::parameter::{Argument, optional};
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
    fn is_private(&self) -> bool {
        self.argument.options.private.is_some()
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
    problems.into_result(())?;
    let name = options
        .name
        .unwrap_or_else(|| ApiName::of_type(&item.ident));
    let object = object_impl(&item, &name, &fields);
    let remote = conversions::remote("object", &item.ident);
    let conversions = conversions::of_kind("object", &item.ident);
    let calls = calls(&item);
    Ok(quote! {
        #item
        #calls
        #[allow(unused_variables, unused_mut, unused_imports, clippy::all)]
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
    quote! {
        #[doc = #docs]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #[allow(dead_code)]
        #visibility struct #calls(::dagger_sdk::__private::OwnObject);

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
    let mut options = ArgOptions::take(&mut field.attrs)?;
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
        .filter(|field| !field.is_private())
        .map(|field| field.argument.definition());
    let private = fields
        .iter()
        .filter(|field| field.is_private() && field.argument.options.default.is_none())
        .map(|field| {
            let (name, ty) = (&field.argument.name, &field.argument.ty);
            quote!(registry.needs_default::<Self>(#name, ::dagger_sdk::__private::default_of!(#ty).is_some());)
        });
    let names = fields
        .iter()
        .filter(|field| !field.is_private())
        .map(|field| &field.argument.name);
    let public = fields
        .iter()
        .filter(|field| !field.is_private())
        .map(field_definition);
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
    let given = fields.iter().filter(|field| !field.is_private()).map(|field| {
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

            fn fields(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::std::vec::Vec<::dagger_sdk::__private::FieldDef> {
                ::std::vec![#(#public),*]
            }

            fn functions(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::std::vec::Vec<::dagger_sdk::__private::FunctionDef> {
                use ::dagger_sdk::__private::NoFunctions as _;
                Self::__dagger_functions(registry)
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
                use ::dagger_sdk::__private::NoFunctions as _;
                if let ::core::option::Option::Some(own) = Self::__dagger_constructor(registry) {
                    return own;
                }
                #(#private)*
                ::dagger_sdk::__private::FunctionDef::of_fields(
                    ::std::vec![#(#arguments),*],
                    ::dagger_sdk::__private::TypeRef::Object(#name),
                )
            }

            fn construct(
                inputs: ::dagger_sdk::__private::Inputs,
            ) -> ::dagger_sdk::__private::LocalFuture<
                ::core::result::Result<Self, ::dagger_sdk::ModuleError>,
            > {
                use ::dagger_sdk::__private::NoFunctions as _;
                match Self::__dagger_construct(inputs) {
                    ::dagger_sdk::__private::Construction::ByFunction(own) => own,
                    ::dagger_sdk::__private::Construction::ByFields(mut inputs) => {
                        ::std::boxed::Box::pin(async move {
                            ::core::result::Result::Ok(Self { #(#constructed),* })
                        })
                    }
                }
            }

            fn call(
                self,
                name: &str,
                inputs: ::dagger_sdk::__private::Inputs,
            ) -> ::core::option::Option<::dagger_sdk::__private::Answer> {
                use ::dagger_sdk::__private::NoFunctions as _;
                self.__dagger_call(name, inputs)
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
    if field.is_private() && field.argument.options.default.is_none() {
        return quote! {
            #rust_name: inputs.private_field::<#ty>(#name, ::dagger_sdk::__private::default_of!(#ty))?
        };
    }
    let value = field.argument.value();
    quote!(#rust_name: #value)
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
    quote! {
        ::dagger_sdk::__private::FieldDef {
            name: #name,
            description: #docs,
            type_ref: (Self::#writer.describe)(registry),
            deprecated: #deprecated,
        }
    }
}

/// The associated constants that hold the conversions of a field's type.
fn field_conversions(field: &Field) -> TokenStream {
    let reader = field.argument.conversions();
    let (ty, writer) = (&field.argument.ty, &field.writer);
    let function = quote_spanned!(ty.span()=> ::dagger_sdk::__private::writer::<#ty>);
    quote! {
        #reader
        #[doc(hidden)]
        const #writer: ::dagger_sdk::__private::Writer<#ty> = #function();
    }
}
