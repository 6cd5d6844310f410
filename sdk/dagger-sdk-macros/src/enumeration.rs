//! `#[enumeration]`: an enum without data becomes an enum of the API.

use crate::conversions;
use crate::docs;
use crate::item_options::{MemberOptions, TypeOptions};
use crate::lints;
use crate::names::{self, ApiName};
use crate::parameter::optional;
use crate::place::place;
use crate::problems::Problems;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Error, Fields, Ident, ItemEnum, Result, Variant};

struct Member {
    rust_name: Ident,
    name: ApiName,
    docs: String,
    options: MemberOptions,
}

pub fn expand(options: TypeOptions, mut item: ItemEnum) -> Result<TokenStream> {
    let mut problems = Problems::default();
    if !item.generics.params.is_empty() {
        problems.add(Error::new(
            item.generics.span(),
            "an enum of the API is not generic",
        ));
    }
    if item.variants.is_empty() {
        problems.add(Error::new(
            item.ident.span(),
            "an enum of the API has at least one member",
        ));
    }
    let members: Vec<Member> = item
        .variants
        .iter_mut()
        .filter_map(|variant| problems.keep(take_member(variant)))
        .collect();
    problems.keep(names::refuse_duplicates(
        members.iter().map(|member| &member.name),
        "member",
    ));
    if options.documented {
        let docs = docs::text(&item.attrs);
        problems.keep(docs::refuse_missing(&docs, item.ident.span(), "enum"));
        for member in &members {
            let name = member.rust_name.span();
            problems.keep(docs::refuse_missing(&member.docs, name, "member"));
        }
    }
    problems.into_result(())?;
    let name = options
        .name
        .unwrap_or_else(|| ApiName::of_type(&item.ident));
    let implementations = implementations(&item, &name, &members);
    let lints = lints::of_expansion();
    Ok(quote! {
        #item
        #lints
        const _: () = { #implementations };
    })
}

fn take_member(variant: &mut Variant) -> Result<Member> {
    let mut options = MemberOptions::take(&mut variant.attrs)?;
    if !matches!(variant.fields, Fields::Unit) {
        return Err(Error::new(
            variant.fields.span(),
            "a member of an enum carries no data in the API: use an `#[object]` for that",
        ));
    }
    Ok(Member {
        rust_name: variant.ident.clone(),
        name: options
            .name
            .take()
            .unwrap_or_else(|| ApiName::of_member(&variant.ident)),
        docs: docs::text(&variant.attrs),
        options,
    })
}

fn implementations(item: &ItemEnum, name: &ApiName, members: &[Member]) -> TokenStream {
    let enumeration = &item.ident;
    let description = docs::text(&item.attrs);
    let definitions = members.iter().map(|member| {
        let (name, docs) = (&member.name, &member.docs);
        let deprecated = optional(member.options.deprecated.as_ref());
        let place = place(member.rust_name.span());
        quote! {
            ::dagger_sdk::__private::MemberDef {
                name: #name,
                description: #docs,
                deprecated: #deprecated,
                place: #place,
            }
        }
    });
    let variants: Vec<_> = members.iter().map(|member| &member.rust_name).collect();
    let names: Vec<_> = members.iter().map(|member| &member.name).collect();
    let conversions = conversions::of_shared_kind("enumeration", enumeration);
    let place = place(enumeration.span());
    quote! {
        impl ::dagger_sdk::Enumeration for #enumeration {
            const NAME: &'static str = #name;
            const DESCRIPTION: &'static str = #description;
            const PLACE: ::dagger_sdk::__private::Place = #place;
            const MEMBERS: &'static [::dagger_sdk::__private::MemberDef] = &[#(#definitions),*];

            fn from_member(name: &str) -> ::core::option::Option<Self> {
                match name {
                    #(#names => ::core::option::Option::Some(Self::#variants),)*
                    _ => ::core::option::Option::None,
                }
            }

            fn member(&self) -> &'static str {
                match self {
                    #(Self::#variants => #names,)*
                }
            }
        }

        #conversions

        #[diagnostic::do_not_recommend]
        impl ::dagger_sdk::__private::DefaultFor<#enumeration> for #enumeration {
            fn into_json(self) -> ::dagger_sdk::__private::Value {
                ::dagger_sdk::__private::Value::from(
                    <Self as ::dagger_sdk::Enumeration>::member(&self),
                )
            }
        }
    }
}
