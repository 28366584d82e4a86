//! The type that the derive is used on, and the code that all types need.

use crate::attributes::OfType;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{DeriveInput, Lifetime};

/// The type that the derive is used on.
pub(crate) struct Owner<'i> {
    pub(crate) input: &'i DeriveInput,
    pub(crate) lifetime: Option<&'i Lifetime>,
    pub(crate) attributes: OfType,
}

impl Owner<'_> {
    /// The path to the engine.
    pub(crate) fn engine(&self) -> TokenStream {
        match &self.attributes.engine {
            Some(path) => path.into_token_stream(),
            None => quote!(::gapwise),
        }
    }

    /// The type with some lifetime, if it has one.
    pub(crate) fn with(&self, lifetime: impl ToTokens) -> TokenStream {
        let name = &self.input.ident;
        match self.lifetime {
            Some(_) => quote!(#name<#lifetime>),
            None => quote!(#name),
        }
    }

    /// Says that it is the same type with any lifetime.
    pub(crate) fn within(&self) -> TokenStream {
        let (here, good) = (self.with(quote!('__a)), self.with(quote!('static)));
        quote! {
            // SAFETY: it is the same, with the other lifetime.
            #[automatically_derived]
            unsafe impl<'__a> __engine::Within<'__a> for #here {
                type Static = #good;
            }
        }
    }

    /// Implements `Document` for any lifetime, so that nobody who holds a document type must write `'static`.
    pub(crate) fn is_document(&self, builder: &TokenStream) -> TokenStream {
        let (any, here) = (self.with(quote!('__d)), self.with(quote!('__a)));
        let lifetime = self.any_lifetime();
        quote! {
            #[automatically_derived]
            impl #lifetime __engine::Document for #any {
                type View<'__a> = #here;
                type Builder = #builder;
            }
        }
    }

    /// The lifetime parameter of an `impl` for any lifetime.
    pub(crate) fn any_lifetime(&self) -> Option<TokenStream> {
        self.lifetime.map(|_| quote!(<'__d>))
    }

    /// Implements `Document`, as for all objects. `is_within` checks that no part of its `view` has another lifetime.
    pub(crate) fn document(&self, is_within: &TokenStream) -> TokenStream {
        let within = self.within();
        let (good, here) = (self.with(quote!('static)), self.with(quote!('__a)));
        let builder = match &self.attributes.another_kind {
            Some(_) => quote!(#good),
            None => quote!(__engine::Plain<#good>),
        };
        let is_document = self.is_document(&builder);
        quote! {
            #within

            #is_document

            #[allow(dead_code)]
            fn all_is_within<'__a>(view: &mut #here) {
                #is_within
            }

            // Evaluates it now, so that errors do not wait until a parser is made.
            const _: __engine::Members<#good> = <#good as __engine::View>::MEMBERS;
        }
    }
}
