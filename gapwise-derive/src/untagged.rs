//! Enums without a tag: values of several types, told apart by their first byte.

use crate::attributes::{OfType, OfVariant};
use crate::errors::Errors;
use crate::owner::Owner;
use crate::tagged::{Place, held, place_of};
use crate::types;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataEnum, Fields};

pub(crate) fn derive(
    owner: &Owner<'_>,
    data: &DataEnum,
    mut errors: Errors,
) -> syn::Result<TokenStream> {
    let ident = &owner.input.ident;
    let OfType { case, tag, content, is_closed, told_by, another_kind, .. } = &owner.attributes;
    if let Some(said) = tag.as_ref().or(content.as_ref()) {
        let message = "an untagged enum has no tag";
        errors.add(syn::Error::new(said.span(), message));
    }
    for said in told_by.iter().chain(another_kind) {
        let message = "an untagged enum is part of a document, not a document itself";
        errors.add(syn::Error::new(said.span(), message));
    }
    if case.is_some() || *is_closed {
        let message = "the names of the variants of an untagged enum are in no document, and it has no members";
        errors.add(syn::Error::new_spanned(ident, message));
    }
    if data.variants.is_empty() {
        errors.add(syn::Error::new_spanned(ident, "an enum needs at least one variant"));
    }
    let good = owner.with(quote!('static));
    let (mut null, mut variants, mut empty) = (None, vec![], vec![]);
    let (mut checks, mut distinct) = (vec![], vec![]);
    for (number, variant) in data.variants.iter().enumerate() {
        let of = OfVariant::read(&variant.attrs, true, &mut errors);
        if of.name.is_some() || !of.aliases.is_empty() || of.is_other {
            let message =
                "the first byte of the value tells which variant it is: names mean nothing there";
            errors.add(syn::Error::new_spanned(&variant.ident, message));
        }
        let name = &variant.ident;
        if matches!(variant.fields, Fields::Unit) && null.replace(name).is_some() {
            let message = "a variant without a field is `null`, and there is one already";
            errors.add(syn::Error::new_spanned(name, message));
        }
        let Some(held) = errors.sift(held(owner, variant)) else { continue };
        let Some(held) = held else {
            variants.push(quote!(__engine::Alternative::NULL));
            empty.push(quote!(<#good>::#name));
            continue;
        };
        errors.sift(types::check_alternative(held));
        // Compiler errors about what the variant holds point at its type.
        let here = Span::call_site().located_at(held.span());
        let Place { empty: before, at, of } = place_of(owner, name, here);
        variants.push(quote_spanned!(here=> __engine::alternative(const #at, #of)));
        distinct.push(quote_spanned! {here=>
            const _: () = __engine::Alternative::begins_otherwise(VARIANTS, #number);
        });
        empty.push(before);
        checks.push(quote_spanned! {here=>
            #ident::#name(__inside) => __engine::Lifetime::<'__a>::is_of(__inside)
        });
    }
    errors.finish()?;
    let (within, here, first) = (owner.within(), owner.with(quote!('__a)), empty.first());
    Ok(quote! {
        const VARIANTS: &[__engine::Alternative] = &[#(#variants,)*];

        #(#distinct)*

        // SAFETY: a value of the enum is written by the first byte, and then what its variant holds, where that stands;
        // each is as its own type promises, and has no lifetime but that of the enum, as is checked below.
        #[automatically_derived]
        unsafe impl __engine::Stored for #good {
            type View = ();
            const VALUE: __engine::Value = {
                const UNTAGGED: &__engine::Untagged =
                    &__engine::untagged::<#good>(&[#(#empty,)*], VARIANTS);
                __engine::Value::Untagged(UNTAGGED)
            };
            const EMPTY: Self = #first;
        }

        #within

        #[allow(dead_code)]
        fn all_is_within<'__a>(view: &mut #here) {
            match view {
                #(#checks,)*
                #[allow(unreachable_patterns)]
                _ => {}
            }
        }

        // Evaluates it now, so that errors do not wait until a parser is made.
        const _: __engine::Value = <#good as __engine::Stored>::VALUE;
    })
}
