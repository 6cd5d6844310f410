//! `#[functions]`: an `impl` block whose marked methods the API shows. An object has as many of them as
//! its author likes.

use crate::block::{Block, Method};
use crate::function::Function;
use crate::function_options::FunctionOptions;
use crate::item_options::BlockOptions;
use crate::itself;
use crate::lints;
use crate::names::{self, ApiName};
use crate::place::place;
use crate::problems::Problems;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Error, Ident, Path, Result, Type, Visibility};

/// A function, and who may call it.
pub struct Shown {
    pub function: Function,
    pub visibility: Visibility,
}

/// What is shown of a block.
struct Functions {
    constructor: Option<Shown>,
    functions: Vec<Shown>,
}

/// The block stays whatever is wrong with it, so that an editor still knows its methods.
pub fn expand(options: BlockOptions, mut block: Block) -> Result<TokenStream> {
    let written = take(&options, &mut block).and_then(|functions| {
        let calls = calls(&options, &block, &functions)?;
        let registered = registered(&block.self_ty, &functions);
        Ok(quote!(#registered #calls))
    });
    let written = written.unwrap_or_else(|error| {
        block.strip();
        error.into_compile_error()
    });
    Ok(quote! { #block #written })
}

/// Reads the marked methods, and leaves only what rustc knows in them.
fn take(options: &BlockOptions, block: &mut Block) -> Result<Functions> {
    let mut problems = Problems::default();
    if let Some(path) = &block.trait_ {
        problems.add(Error::new(
            path.span(),
            "`#[functions]` is for the methods of an object: put them into an `impl` without a trait; \
             an object that has the functions of an `#[interface]` can be given for it, nothing declares that",
        ));
    }
    if !block.generics.params.is_empty() {
        problems.add(Error::new(
            block.generics.span(),
            "an object of the API is not generic: write its types out",
        ));
    }
    let mut all = Vec::new();
    for method in block.methods() {
        match problems.keep(FunctionOptions::take(&mut method.attrs)) {
            Some(Some(of_function)) => {
                let function = Function::take(&method.attrs, &mut method.sig, of_function);
                method.attrs.insert(0, lints::of_signature());
                if let Some(function) = problems.keep(function) {
                    if options.documented {
                        problems.keep(function.refuse_undocumented());
                    }
                    let visibility = method.vis.clone();
                    all.push(Shown {
                        function,
                        visibility,
                    });
                }
            }
            Some(None) => problems.add_all(refuse_stray_attributes(method)),
            None => {}
        }
    }
    let (constructors, functions): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|shown| shown.function.is_constructor());
    let mut constructors = constructors.into_iter();
    let constructor = constructors.next();
    if let Some(second) = constructors.next() {
        problems.add(Error::new(
            second.function.name.span,
            "a second constructor: an object has one",
        ));
    }
    problems.keep(names::refuse_duplicates(
        functions.iter().map(|shown| &shown.function.name),
        "function",
    ));
    problems.into_result(Functions {
        constructor,
        functions,
    })
}

/// With `itself`: the functions as calls over the session.
fn calls(options: &BlockOptions, block: &Block, all: &Functions) -> Result<Option<TokenStream>> {
    if !options.itself {
        return Ok(None);
    }
    match object(&block.self_ty) {
        Some(object) => Ok(Some(itself::methods(
            object,
            all.constructor.as_ref(),
            &all.functions,
        ))),
        None => Err(Error::new(
            block.self_ty.span(),
            "`itself` needs an object that is written by its name",
        )),
    }
}

/// The name of the object that a block is for.
fn object(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(path) if path.qself.is_none() => Some(&path.path),
        _ => None,
    }
}

/// `#[arg]` without `#[function]` would reach rustc, which only says that it knows no such thing.
fn refuse_stray_attributes(method: &Method) -> Vec<Error> {
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

/// What makes the block's functions known to its object.
fn registered(object: &Type, all: &Functions) -> TokenStream {
    let functions: Vec<&Function> = all.functions.iter().map(|shown| &shown.function).collect();
    let conversions = all
        .constructor
        .iter()
        .chain(&all.functions)
        .map(|shown| shown.function.conversions());
    let distinct = functions
        .iter()
        .map(|function| distinct(object, &function.name));
    let constructor = all
        .constructor
        .as_ref()
        .map(|shown| constructor(&shown.function));
    let entries = functions.iter().map(|function| entry(function));
    let methods = functions.iter().map(|function| {
        let (name, [define, call]) = (&function.name, entry_names(function));
        quote!(::dagger_sdk::__private::Method::new(#name, <#object>::#define, <#object>::#call))
    });
    let place = place(object.span());
    let lints = lints::of_expansion();
    quote! {
        #lints
        const _: () = {
            #(#distinct)*

            impl #object {
                #(#conversions)*
                #constructor
                #(#entries)*
            }

            static METHODS: &[::dagger_sdk::__private::Method<#object>] = &[#(#methods),*];

            ::dagger_sdk::__private::inventory::submit! {
                ::dagger_sdk::__private::Block::new(#place, &METHODS)
            }
        };
    }
}

/// The names of the functions by which one of the author's is defined and called.
fn entry_names(function: &Function) -> [Ident; 2] {
    let name = function.rust_name.unraw();
    [
        format_ident!("__dagger_define_{name}"),
        format_ident!("__dagger_call_{name}"),
    ]
}

fn entry(function: &Function) -> TokenStream {
    let [define, call] = entry_names(function);
    let (name, returned) = (&function.name, function.returned());
    let definition = function.definition();
    let called = function.call();
    quote! {
        #[doc(hidden)]
        fn #define(
            registry: &mut ::dagger_sdk::__private::Registry,
        ) -> ::dagger_sdk::__private::FunctionDef {
            #definition
        }

        #[doc(hidden)]
        fn #call(
            this: Self,
            mut inputs: ::dagger_sdk::__private::Inputs,
        ) -> ::dagger_sdk::__private::Answer {
            ::std::boxed::Box::pin(async move {
                #called
                (Self::#returned.finish)(#name, outcome).await
            })
        }
    }
}

/// What `#[object]` asks for: an inherent constant takes precedence over the fallback of a trait. A
/// second one, in another block, is an error of the compiler at the constructor's name.
fn constructor(function: &Function) -> TokenStream {
    let returned = function.returned();
    let definition = function.definition();
    let called = function.call();
    quote_spanned! {function.rust_name.span()=>
        #[doc(hidden)]
        pub const __DAGGER_ONE_CONSTRUCTOR: ::core::option::Option<
            ::dagger_sdk::__private::Constructor<Self>,
        > = ::core::option::Option::Some(::dagger_sdk::__private::Constructor {
            define: |registry| #definition,
            make: |mut inputs| ::std::boxed::Box::pin(async move {
                #called
                (Self::#returned.finish)(outcome)
            }),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(block: TokenStream) -> String {
        let block: Block = syn::parse2(block).unwrap();
        expand(BlockOptions::default(), block).unwrap().to_string()
    }

    #[test]
    fn a_half_written_body_leaves_the_rest_of_the_block() {
        let expanded = expanded(quote! {
            impl Hello {
                #[function]
                fn one(&self, dag: &Dag) -> Container { dag.container(). }
                #[function]
                fn two(&self, #[arg(default = "a")] name: String) -> String { let = name; if }
                fn three(&self) -> u8 { 3 }
                const FOUR: u8 = 4;
            }
        });
        for kept in [
            "{ dag . container () . }",
            "fn two (& self , name : String) -> String { let = name ; if }",
            "fn three (& self) -> u8 { 3 }",
            "const FOUR : u8 = 4 ;",
            "__dagger_call_one",
            "__dagger_call_two",
        ] {
            assert!(expanded.contains(kept), "{kept}: {expanded}");
        }
        assert!(!expanded.contains("compile_error"), "{expanded}");
    }

    #[test]
    fn a_mistake_leaves_the_block_as_the_compiler_knows_it() {
        let expanded = expanded(quote! {
            impl Hello {
                #[function(nonsense)]
                fn one(&self, #[arg(default = "a")] name: String) -> String { name }
            }
        });
        assert!(expanded.contains("compile_error"), "{expanded}");
        assert!(
            expanded.contains("fn one (& self , name : String)"),
            "{expanded}"
        );
    }
}
