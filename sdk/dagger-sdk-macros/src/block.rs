//! An `impl` block as an author writes it, also while they write it.
//!
//! The bodies of methods are left as they are: what is wrong in one is the compiler's to say, and the
//! rest of the block stays.

use crate::docs;
use proc_macro2::{Group, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Error, FnArg, Generics, ImplItem, Path, Result, Signature, Token, Type, Visibility,
    braced,
};

pub struct Block {
    attrs: Vec<Attribute>,
    pub generics: Generics,
    pub trait_: Option<Path>,
    pub self_ty: Type,
    inner: Vec<Attribute>,
    pub items: Vec<Item>,
}

pub enum Item {
    Method(Box<Method>),
    Other(TokenStream),
}

pub struct Method {
    pub attrs: Vec<Attribute>,
    pub vis: Visibility,
    pub sig: Signature,
    body: Group,
}

impl Block {
    pub fn methods(&mut self) -> impl Iterator<Item = &mut Method> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::Method(method) => Some(method.as_mut()),
            Item::Other(_) => None,
        })
    }

    /// Leaves only what rustc knows in the parameters, also of methods that nobody has read.
    pub fn strip(&mut self) {
        for method in self.methods() {
            for input in &mut method.sig.inputs {
                if let FnArg::Typed(input) = input {
                    let attributes = &mut input.attrs;
                    attributes
                        .retain(|known| !docs::is_doc(known) && !known.path().is_ident("arg"));
                }
            }
        }
    }
}

impl Parse for Block {
    fn parse(input: ParseStream) -> Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Token![impl]>()?;
        let mut generics: Generics = input.parse()?;
        let mut self_ty: Type = input.parse()?;
        let mut trait_ = None;
        if input.peek(Token![for]) {
            input.parse::<Token![for]>()?;
            trait_ = match self_ty {
                Type::Path(path) => Some(path.path),
                other => return Err(Error::new_spanned(other, "expected a trait")),
            };
            self_ty = input.parse()?;
        }
        generics.where_clause = input.parse()?;
        let content;
        braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        let mut items = Vec::new();
        while !content.is_empty() {
            items.push(content.parse()?);
        }
        Ok(Self {
            attrs,
            generics,
            trait_,
            self_ty,
            inner,
            items,
        })
    }
}

impl Parse for Item {
    fn parse(input: ParseStream) -> Result<Self> {
        let ahead = input.fork();
        if let Ok(method) = ahead.parse::<Method>() {
            syn::parse::discouraged::Speculative::advance_to(input, &ahead);
            return Ok(Self::Method(Box::new(method)));
        }
        let other: ImplItem = input.parse()?;
        Ok(Self::Other(other.into_token_stream()))
    }
}

impl Parse for Method {
    fn parse(input: ParseStream) -> Result<Self> {
        Ok(Self {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            sig: input.parse()?,
            body: input.parse()?,
        })
    }
}

impl ToTokens for Block {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            attrs,
            generics,
            trait_,
            self_ty,
            inner,
            items,
        } = self;
        let of = trait_.as_ref().map(|path| quote!(#path for));
        let wanted = &generics.where_clause;
        tokens.append_all(quote! {
            #(#attrs)*
            impl #generics #of #self_ty #wanted {
                #(#inner)*
                #(#items)*
            }
        });
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Method(method) => method.to_tokens(tokens),
            Self::Other(other) => other.to_tokens(tokens),
        }
    }
}

impl ToTokens for Method {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            attrs,
            vis,
            sig,
            body,
        } = self;
        tokens.append_all(quote!(#(#attrs)* #vis #sig #body));
    }
}
