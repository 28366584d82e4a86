//! Enums: texts.

use crate::attributes::OfVariant;
use crate::errors::Errors;
use crate::names::{Case, name, needs_escapes, no_name_twice};
use crate::owner::Owner;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataEnum, Fields, Variant};

/// The greatest number of texts, because a byte says which one it is.
const MOST: usize = 256;

pub(crate) fn derive(
    owner: &Owner<'_>,
    data: &DataEnum,
    mut errors: Errors,
) -> syn::Result<TokenStream> {
    let case = owner.attributes.case;
    if owner.attributes.is_closed {
        let message = "a text has no members";
        errors.add(syn::Error::new_spanned(&owner.input.ident, message));
    }
    let (mut names, mut values, mut other) = (vec![], vec![], None);
    for variant in &data.variants {
        let OfVariant { name: given, aliases, is_other, is_unknown } =
            OfVariant::read(&variant.attrs, false, &mut errors);
        if is_other || is_unknown {
            errors.sift(keeps_text(owner, variant));
            for given in given.iter().chain(&aliases) {
                errors.add(syn::Error::new(
                    given.span(),
                    "a variant for other texts has no `rename` or `alias`",
                ));
            }
            if is_other && is_unknown {
                let message = "use `other` or `unknown`, not both";
                errors.add(syn::Error::new_spanned(&variant.ident, message));
            }
            if other.replace((variant, is_other)).is_some() {
                let message = "only one variant can keep other texts";
                errors.add(syn::Error::new_spanned(&variant.ident, message));
            }
            continue;
        }
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a variant is a text, and has no fields, but for one `#[view(other)] Other(&'a str)`; if it is an object, a \
                           member says which: `#[view(tag = \"...\")]`";
            errors.add(syn::Error::new_spanned(variant, message));
        }
        let name = name(&variant.ident, given.as_ref(), case, Case::of_variant);
        for name in [name].into_iter().chain(aliases) {
            if needs_escapes(&name) {
                let message = "this text needs escapes in JSON, which is not supported: let `#[view(other)]` keep it";
                errors.add(syn::Error::new(name.span(), message));
            }
            names.push(name);
            values.push(&variant.ident);
        }
    }
    let ident = &owner.input.ident;
    let first = values.first();
    if values.is_empty() {
        errors.add(syn::Error::new_spanned(
            ident,
            "an enum of texts needs at least one variant that is not for other texts",
        ));
    }
    if values.len() > MOST {
        let message =
            format!("an enum has no more than {MOST} texts: keep the text itself, `&'a str`");
        errors.add(syn::Error::new_spanned(ident, message));
    }
    no_name_twice(names.iter(), &mut errors);
    errors.finish()?;

    let (within, good) = (owner.within(), owner.with(quote!('static)));
    let choices = match other {
        Some((_, true)) => quote!(choices_and_others),
        Some((_, false)) => quote!(choices_and_others_if_wanted),
        None => quote!(choices),
    };
    let other = other.map(|(variant, _)| keep(owner, variant));
    Ok(quote! {
        // SAFETY: all that is ever written is one of its values.
        #[automatically_derived]
        unsafe impl __engine::Stored for #good {
            type View = ();
            const VALUE: __engine::Value = {
                const CHOICES: &__engine::Choices =
                    &__engine::#choices(&[#(#names),*], &[#(<#good>::#values),*]);
                __engine::Value::OneOf(CHOICES)
            };
            const EMPTY: Self = Self::#first;
        }

        #within
        #other

        // Evaluates it now, so that errors do not wait until a parser is made.
        const _: __engine::Value = <#good as __engine::Stored>::VALUE;
    })
}

/// Refuses a variant for other texts that cannot hold a text.
fn keeps_text(owner: &Owner<'_>, variant: &Variant) -> syn::Result<()> {
    let has_one_field =
        matches!(&variant.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1);
    if has_one_field && owner.lifetime.is_some() {
        return Ok(());
    }
    let message = "other texts are kept: `Other(&'a str)`, in an enum with the lifetime `'a`";
    Err(syn::Error::new_spanned(variant, message))
}

fn keep(owner: &Owner<'_>, variant: &Variant) -> TokenStream {
    let name = &variant.ident;
    let (good, here) = (owner.with(quote!('static)), owner.with(quote!('__a)));
    let kept = Span::call_site().located_at(variant.fields.span());
    let other = quote_spanned!(kept=> <#here>::#name(text));
    quote! {
        #[automatically_derived]
        impl __engine::OtherText for #good {
            type In<'__a> = #here;

            fn other<'__a>(text: &'__a str) -> #here {
                #other
            }
        }
    }
}
