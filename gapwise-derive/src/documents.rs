//! Enums of documents: one of several kinds, which a function tells by a few looks at the document.

use crate::attributes::OfVariant;
use crate::errors::Errors;
use crate::owned::for_good;
use crate::owner::Owner;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataEnum, Fields, Path};

pub(crate) fn derive(
    owner: &Owner<'_>,
    told_by: &Path,
    data: &DataEnum,
    mut errors: Errors,
) -> syn::Result<TokenStream> {
    let ident = &owner.input.ident;
    let (mut tables, mut copies, mut checks) = (vec![], vec![], vec![]);
    for variant in &data.variants {
        OfVariant::read(&variant.attrs, true, &mut errors);
        let name = &variant.ident;
        let held = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => &fields.unnamed[0].ty,
            _ => {
                let message = "a variant is a document: `Variant(Struct<'a>)`";
                errors.add(syn::Error::new_spanned(variant, message));
                continue;
            }
        };
        // Compiler errors about what the variant holds point at its type.
        let here = Span::call_site().located_at(held.span());
        let good = for_good(held.to_token_stream(), owner);
        let builder = quote_spanned! {here=>
            <<#good as __engine::Document>::Builder as __engine::Build<#good>>
        };
        tables.push(quote_spanned!(here=> #builder::TABLES));
        copies.push(quote_spanned! {here=>
            if table < #builder::TABLES.len() {
                // SAFETY: the caller's promise: it is one of its tables.
                return #ident::#name(unsafe { #builder::copy(table, values) });
            }
            table -= #builder::TABLES.len();
        });
        checks.push(quote_spanned! {here=>
            #ident::#name(__inside) => __engine::Lifetime::<'__a>::is_of(__inside)
        });
    }
    if data.variants.is_empty() {
        errors.add(syn::Error::new_spanned(ident, "an enum needs at least one variant"));
    }
    errors.finish()?;

    let (good, here) = (owner.with(quote!('static)), owner.with(quote!('__a)));
    let (any, lifetime) = (owner.with(quote!('__d)), owner.any_lifetime());
    let is_document = owner.is_document(&good);
    let another_kind = owner.attributes.another_kind.as_ref().map(another_kind);
    let within = owner.within();
    Ok(quote! {
        #within

        #is_document

        // SAFETY: the enum is made of the views of documents, each by one of their own tables. They have no lifetime
        // but that of the enum, as is checked below.
        #[automatically_derived]
        unsafe impl #lifetime __engine::Build<#any> for #good {
            const TABLES: &'static [__engine::TableOf] = {
                const LISTS: &[&[__engine::TableOf]] = &[#(#tables,)*];
                &__engine::all_tables::<{ __engine::count_tables(LISTS) }>(LISTS)
            };
            const IS_IN_PLACE: bool = false;

            fn table(look: &dyn __engine::Look) -> usize {
                const TOLD_BY: fn(&dyn __engine::Look) -> usize = #told_by;
                TOLD_BY(look)
            }

            #[allow(unused_assignments)]
            unsafe fn copy<'__a>(mut table: usize, values: &__engine::Values<'__a>) -> #here {
                #(#copies)*
                ::core::unreachable!("there is no such table")
            }

            #another_kind
        }

        #[allow(dead_code)]
        fn all_is_within<'__a>(view: &mut #here) {
            match view {
                #(#checks,)*
            }
        }
    })
}

/// Calls the function that tells whether a bad document is of another kind.
pub(crate) fn another_kind(said: &Path) -> TokenStream {
    quote! {
        fn another_kind(
            look: &dyn __engine::Look,
        ) -> ::core::option::Option<[&'static str; 2]> {
            const ANOTHER_KIND: fn(
                &dyn __engine::Look,
            ) -> ::core::option::Option<[&'static str; 2]> = #said;
            ANOTHER_KIND(look)
        }
    }
}
