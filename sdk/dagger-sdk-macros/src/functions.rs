//! `#[functions]`: the `impl` block whose marked methods the API shows.

use crate::function::Function;
use crate::function_options::FunctionOptions;
use crate::item_options::BlockOptions;
use crate::itself::{self, Shown};
use crate::names::{self, ApiName};
use crate::problems::Problems;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Ident, ImplItem, ItemImpl, Result, Type, Visibility};

pub fn expand(options: BlockOptions, mut block: ItemImpl) -> Result<TokenStream> {
    let mut problems = Problems::default();
    if let Some((path, _)) = &block.trait_ {
        problems.add(Error::new(
            path.span(),
            "`#[functions]` is for the methods of an object: put them into an `impl` without a trait",
        ));
    }
    if !block.generics.params.is_empty() {
        problems.add(Error::new(
            block.generics.span(),
            "an object of the API is not generic: write its types out",
        ));
    }
    let mut functions = Vec::new();
    for item in &mut block.items {
        if let ImplItem::Fn(method) = item {
            match problems.keep(FunctionOptions::take(&mut method.attrs)) {
                Some(Some(options)) => {
                    let function = Function::take(&method.attrs, &mut method.sig, options);
                    let shown = problems.keep(function);
                    functions.extend(shown.map(|function| (function, method.vis.clone())));
                }
                Some(None) => problems.add_all(refuse_stray_attributes(method)),
                None => {}
            }
        }
    }
    let (constructors, functions): (Vec<_>, Vec<_>) = functions
        .into_iter()
        .partition(|(function, _)| function.is_constructor());
    if let Some((second, _)) = constructors.get(1) {
        problems.add(Error::new(
            second.name.span,
            "a second constructor: an object has one",
        ));
    }
    problems.keep(names::refuse_duplicates(
        functions.iter().map(|(function, _)| &function.name),
        "function",
    ));
    problems.into_result(())?;
    let calls = match (options.itself, object(&block.self_ty)) {
        (false, _) => None,
        (true, None) => {
            return Err(Error::new(
                block.self_ty.span(),
                "`itself` needs an object that is written by its name",
            ));
        }
        (true, Some(object)) => {
            let functions: Vec<_> = functions.iter().map(shown).collect();
            let constructor = constructors.first().map(shown);
            Some(itself::methods(object, constructor.as_ref(), &functions))
        }
    };
    let functions: Vec<_> = functions.iter().map(|(function, _)| function).collect();
    let constructor = constructors.first().map(|(function, _)| function);
    let hidden = hidden_methods(&block, constructor, &functions);
    Ok(quote! { #block #hidden #calls })
}

fn shown((function, visibility): &(Function, Visibility)) -> Shown<'_> {
    Shown {
        function,
        visibility,
    }
}

/// The name of the object that a block is for.
fn object(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// `#[arg]` without `#[function]` would reach rustc, which only says that it knows no such thing.
fn refuse_stray_attributes(method: &syn::ImplItemFn) -> Vec<Error> {
    let typed = method.sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some(typed),
        syn::FnArg::Receiver(_) => None,
    });
    typed
        .flat_map(|typed| &typed.attrs)
        .filter(|attribute| attribute.path().is_ident("arg"))
        .map(|attribute| {
            Error::new(
                attribute.path().span(),
                "`#[arg]` on a method that is no function: mark the method with `#[function]`",
            )
        })
        .collect()
}

/// Refuses a function that is called like a field; only the compiler sees both.
fn distinct(object: &Type, name: &ApiName) -> TokenStream {
    let message = format!(
        "a field is called `{}` in the API, too: rename one, or give it `name = \"…\"`",
        name.text
    );
    quote_spanned! {name.span=>
        const _: () = ::core::assert!(
            !::dagger_sdk::__private::has_field::<#object>(#name),
            #message
        );
    }
}

/// What `#[object]` calls: inherent methods take precedence over the fallbacks of a trait, so that
/// an object without a `#[functions]` block works, too.
fn hidden_methods(
    block: &ItemImpl,
    constructor: Option<&Function>,
    functions: &[&Function],
) -> TokenStream {
    let object = &block.self_ty;
    let definitions = functions.iter().map(|function| function.definition());
    let arms = functions.iter().map(|function| {
        let name = &function.name;
        let call = function.call();
        let returned = function.returned();
        quote! {
            #name => {
                let this = self;
                ::core::option::Option::Some(::std::boxed::Box::pin(async move {
                    #call
                    (Self::#returned.finish)(#name, outcome).await
                }))
            }
        }
    });
    let conversions = constructor
        .into_iter()
        .chain(functions.iter().copied())
        .map(Function::conversions);
    let conversions: Vec<_> = conversions.collect();
    let distinct: Vec<_> = functions
        .iter()
        .map(|function| distinct(object, &function.name))
        .collect();
    let constructor = constructor.map(|function| {
        let returned = function.returned();
        let definition = function.definition();
        let call = function.call();
        quote! {
            #[doc(hidden)]
            pub fn __dagger_constructor(
                registry: &mut ::dagger_sdk::__private::Registry,
            ) -> ::core::option::Option<::dagger_sdk::__private::FunctionDef> {
                ::core::option::Option::Some(#definition)
            }

            #[doc(hidden)]
            pub fn __dagger_construct(
                mut inputs: ::dagger_sdk::__private::Inputs,
            ) -> ::dagger_sdk::__private::Construction<Self> {
                ::dagger_sdk::__private::Construction::ByFunction(::std::boxed::Box::pin(async move {
                    #call
                    (Self::#returned.finish)(outcome)
                }))
            }
        }
    });
    quote! {
        #[allow(unused_variables, unused_mut, non_upper_case_globals, clippy::all)]
        const _: () = {
            #(#distinct)*

            impl #object {
                #(#conversions)*

                #constructor

                #[doc(hidden)]
                pub fn __dagger_functions(
                    registry: &mut ::dagger_sdk::__private::Registry,
                ) -> ::std::vec::Vec<::dagger_sdk::__private::FunctionDef> {
                    ::std::vec![#(#definitions),*]
                }

                #[doc(hidden)]
                pub fn __dagger_call(
                    self,
                    name: &str,
                    mut inputs: ::dagger_sdk::__private::Inputs,
                ) -> ::core::option::Option<::dagger_sdk::__private::Answer> {
                    match name {
                        #(#arms)*
                        _ => ::core::option::Option::None,
                    }
                }
            }
        };
    }
}
