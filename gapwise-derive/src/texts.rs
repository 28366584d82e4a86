//! Structs with one text field: the texts that a function accepts.

use crate::attributes::OfField;
use crate::errors::Errors;
use crate::owner::Owner;
use crate::structs::is_packed;
use crate::types;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataStruct, Fields};

pub(crate) fn derive(
    owner: &Owner<'_>,
    data: &DataStruct,
    mut errors: Errors,
) -> syn::Result<TokenStream> {
    let ident = &owner.input.ident;
    let attributes = &owner.attributes;
    if let Some(packed) = owner.input.attrs.iter().find(|attribute| is_packed(attribute)) {
        errors.add(syn::Error::new_spanned(packed, "nothing is written into packed structs"));
    }
    if attributes.case.is_some() || attributes.is_closed {
        errors.add(syn::Error::new_spanned(ident, "a text has no members"));
    }
    let one = match &data.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
        _ => None,
    };
    let (Some(format), Some(check), Some(field), Some(_)) =
        (&attributes.format, &attributes.check, one, owner.lifetime)
    else {
        let message = "a text that is checked is `#[view(format = \"what it is\", check = path::to::function)] struct Name<'a>(&'a str)`";
        errors.add(syn::Error::new_spanned(ident, message));
        errors.finish()?;
        return Ok(TokenStream::new());
    };
    if !OfField::read(&field.attrs, &mut errors).is_empty() {
        let message = "the field of a checked text is not a member, so it has no attributes";
        errors.add(syn::Error::new(field.ty.span(), message));
    }
    errors.sift(types::check(&field.ty, owner));
    errors.finish()?;

    let (within, good, here) =
        (owner.within(), owner.with(quote!('static)), owner.with(quote!('__a)));
    // Compiler errors point at the field and at the function.
    let (of_field, of_check) = (located_at(field.ty.span()), located_at(check.span()));
    let inside = quote_spanned! {of_field=>
        __engine::text_at(__engine::offset_of!(#good, 0), |view: &#good| &view.0)
    };
    let format = quote_spanned!(of_check=> __engine::Format::new(#format, #check));
    let is_within = quote_spanned!(of_field=> __engine::Lifetime::<'__a>::is_of(&mut view.0));
    Ok(quote! {
        // SAFETY: a text is written where its one part is, which is a text, and has no lifetime but its own, as is
        // checked below.
        #[automatically_derived]
        unsafe impl __engine::Stored for #good {
            type View = ();
            const VALUE: __engine::Value = {
                const FORMAT: &__engine::Format = &#format;
                __engine::Value::Formatted(FORMAT)
            };
            const EMPTY: Self = Self("");
            const INSIDE: usize = #inside;
        }

        #within

        #[allow(dead_code)]
        fn all_is_within<'__a>(view: &mut #here) {
            #is_within;
        }

        // Evaluates it now, so that errors do not wait until a parser is made.
        const _: (__engine::Value, usize) =
            (<#good as __engine::Stored>::VALUE, <#good as __engine::Stored>::INSIDE);
    })
}

fn located_at(span: Span) -> Span {
    Span::call_site().located_at(span)
}
