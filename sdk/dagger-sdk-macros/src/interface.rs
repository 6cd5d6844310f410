//! `#[interface]`: a trait becomes a struct whose methods are calls over the session.

use crate::conversions;
use crate::docs;
use crate::function::{Function, arguments};
use crate::function_options::FunctionOptions;
use crate::item_options::TypeOptions;
use crate::lints;
use crate::names::{self, ApiName};
use crate::parameter::Argument;
use crate::place::place;
use crate::problems::Problems;
use crate::types;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, FnArg, Ident, ItemTrait, Pat, ReceiverKind, Result, Signature, TraitItem,
    TraitItemFn, Visibility,
};

struct Method {
    attributes: Vec<Attribute>,
    signature: Signature,
    function: Function,
    /// The names of the parameters in Rust.
    parameters: Vec<Ident>,
}

pub fn expand(options: TypeOptions, item: ItemTrait) -> Result<TokenStream> {
    let mut problems = Problems::default();
    if !item.generics.params.is_empty() {
        problems.add(Error::new(
            item.generics.span(),
            "an interface of the API is not generic: write its types out",
        ));
    }
    if !item.supertraits.is_empty() {
        problems.add(Error::new(
            item.supertraits.span(),
            "an interface of the API extends no other: repeat the functions",
        ));
    }
    let (interface, visibility, attributes) = (item.ident, item.vis, item.attrs);
    let mut methods = Vec::new();
    for item in item.items {
        match item {
            TraitItem::Fn(method) => methods.extend(take_method(method, &mut problems)),
            other => problems.add(Error::new(
                other.span(),
                "an interface of the API has functions only",
            )),
        }
    }
    problems.keep(names::refuse_duplicates(
        methods.iter().map(|method| &method.function.name),
        "function",
    ));
    if options.documented {
        let docs = docs::text(&attributes);
        problems.keep(docs::refuse_missing(&docs, interface.span(), "interface"));
        for method in &methods {
            problems.keep(method.function.refuse_undocumented());
        }
    }
    problems.into_result(())?;
    let lints = lints::of_expansion();
    let name = options.name.unwrap_or_else(|| ApiName::of_type(&interface));
    let functions = methods.iter().map(|method| method.expanded(&visibility));
    let constants = methods.iter().map(Method::conversions);
    let interface_impl = interface_impl(&interface, &name, &attributes, &methods);
    let conversions = conversions::of_shared_kind("interface", &interface);
    Ok(quote! {
        #(#attributes)*
        #[derive(::core::clone::Clone)]
        #visibility struct #interface(::dagger_sdk::__private::Node);

        // What an interface demands need not be called by who demands it.
        #lints
        impl #interface {
            #(#functions)*
        }

        #lints
        const _: () = {
            impl #interface {
                #(#constants)*
            }
            #interface_impl
            #conversions
        };
    })
}

fn take_method(method: TraitItemFn, problems: &mut Problems) -> Option<Method> {
    let TraitItemFn {
        attrs: mut attributes,
        sig: mut signature,
        default,
        ..
    } = method;
    if let Some(body) = default {
        problems.add(Error::new(
            body.span(),
            "a function of an interface has no body: each object brings its own",
        ));
    }
    let options = FunctionOptions::take(&mut attributes)
        .and_then(|options| options.unwrap_or_default().in_interface());
    let options = problems.keep(options).unwrap_or_default();
    problems.add_all(clients(&signature));
    if let Some(receiver) = signature.receiver()
        && matches!(receiver.kind, ReceiverKind::Value)
    {
        problems.add(Error::new(
            receiver.self_token.span,
            "a function of an interface borrows its object: write `&self`",
        ));
    }
    let function = Function::take(&attributes, &mut signature, options);
    let function = problems.keep(function)?;
    for argument in arguments(&function.parameters) {
        problems.keep(argument.options.refuse_beyond_interface());
    }
    Some(Method {
        attributes,
        parameters: named(&mut signature),
        signature,
        function,
    })
}

/// The client is how an author's code asks the engine; an interface has no code.
fn clients(signature: &Signature) -> impl Iterator<Item = Error> {
    let typed = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => types::client(&typed.ty).map(|_| typed),
        FnArg::Receiver(_) => None,
    });
    typed.map(|typed| {
        Error::new(
            typed.span(),
            "the client is no argument: an interface has its own, leave it out",
        )
    })
}

/// Makes every parameter a plain name; returns the names.
fn named(signature: &mut Signature) -> Vec<Ident> {
    let typed = signature.inputs.iter_mut().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    typed
        .enumerate()
        .map(|(index, typed)| {
            let name = match typed.pat.as_ref() {
                Pat::Ident(pattern) => pattern.ident.clone(),
                other => format_ident!("argument_{index}", span = other.span()),
            };
            *typed.pat = syn::parse_quote!(#name);
            name
        })
        .collect()
}

impl Method {
    /// The method of the struct: the call, with its arguments.
    fn expanded(&self, visibility: &Visibility) -> TokenStream {
        let Self {
            attributes,
            signature,
            function,
            parameters,
        } = self;
        let (name, returned) = (&function.name, function.returned());
        // Another one than a parameter of that name.
        let call = Ident::new("call", Span::mixed_site());
        let given = arguments(&function.parameters)
            .zip(parameters)
            .map(|(argument, value)| {
                let Argument { name, reader, .. } = argument;
                quote!(let #call = (Self::#reader.give)(#call, #name, #value);)
            });
        let wait = function.is_async.then(|| quote!(.await));
        quote! {
            #(#attributes)*
            #visibility #signature {
                let #call = ::dagger_sdk::__private::called(&self.0, #name);
                #(#given)*
                (Self::#returned.ask)(#call)#wait
            }
        }
    }

    /// The associated constants that hold the conversions of all types of the signature.
    fn conversions(&self) -> TokenStream {
        let given = arguments(&self.function.parameters).map(|argument| {
            let Argument { ty, reader, .. } = argument;
            let function = quote_spanned!(ty.span()=> ::dagger_sdk::__private::given::<#ty>);
            quote! {
                const #reader: ::dagger_sdk::__private::Given<#ty> = #function();
            }
        });
        let (output, returned) = (&self.function.output, self.function.returned());
        let (ty, function) = if self.function.is_async {
            (
                quote!(::dagger_sdk::__private::Sent<'static, #output>),
                quote_spanned!(output.span()=> ::dagger_sdk::__private::promised::<#output>),
            )
        } else {
            (
                quote!(#output),
                quote_spanned!(output.span()=> ::dagger_sdk::__private::linked::<#output>),
            )
        };
        quote! {
            #(#given)*
            const #returned: ::dagger_sdk::__private::Promise<#ty> = #function();
        }
    }
}

fn interface_impl(
    interface: &Ident,
    name: &ApiName,
    attributes: &[Attribute],
    methods: &[Method],
) -> TokenStream {
    let description = docs::text(attributes);
    let place = place(interface.span());
    let definitions = methods.iter().map(|method| method.function.definition());
    quote! {
        impl ::dagger_sdk::Interface for #interface {
            const NAME: &'static str = #name;
            const DESCRIPTION: &'static str = #description;
            const PLACE: ::dagger_sdk::__private::Place = #place;

            fn functions(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::std::vec::Vec<::dagger_sdk::__private::FunctionDef> {
                ::std::vec![#(#definitions),*]
            }

            fn node(&self) -> &::dagger_sdk::__private::Node {
                &self.0
            }
        }

        impl ::dagger_sdk::__private::Linked for #interface {
            fn of_node(node: ::dagger_sdk::__private::Node) -> Self {
                Self(node)
            }
        }
    }
}
