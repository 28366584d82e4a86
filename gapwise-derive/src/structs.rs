//! Structs: objects.

use crate::attributes::{OfField, OfType};
use crate::names::{Case, name, no_name_twice};
use crate::{Errors, Owner, types};
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
    let good = owner.with(quote!('static));
    let OfType { case, is_closed, .. } = owner.attributes;
    if let Some(packed) = owner.input.attrs.iter().find(|attribute| is_packed(attribute)) {
        errors.add(syn::Error::new_spanned(packed, "nothing is written into packed structs"));
    }
    let Fields::Named(fields) = &data.fields else {
        let message = "the members of an object have names: name the fields";
        errors.add(syn::Error::new_spanned(ident, message));
        errors.finish()?;
        return Ok(TokenStream::new());
    };
    let (mut names, mut parts, mut empty, mut checks) = (vec![], vec![], vec![], vec![]);
    for field in &fields.named {
        let Some(part) = &field.ident else { continue };
        let OfField { name: given, aliases, has_default, is_skipped } =
            OfField::read(&field.attrs, &mut errors);
        // What the compiler says of it, it says of the type of the field.
        let here = Span::call_site().located_at(field.ty.span());
        if is_skipped {
            empty.push(quote_spanned!(here=> #part: __engine::Blank::BLANK));
            continue;
        }
        errors.sift(types::check(&field.ty, owner));
        let name = name(part, given.as_ref(), case, Case::of_field);
        let or_named =
            (!aliases.is_empty()).then(|| quote_spanned!(here=> .or_named(&[#(#aliases),*])));
        let or_empty = has_default.then(|| quote_spanned!(here=> .or_empty()));
        parts.push(quote_spanned! {here=>
            __engine::Part::or_null(
                #name,
                __engine::offset_of!(#good, #part),
                |view: &#good| &view.#part,
            )
            #or_named
            #or_empty
            .member()
        });
        empty.push(quote_spanned!(here=> #part: __engine::Stored::EMPTY));
        checks.push(quote_spanned!(here=> __engine::Lifetime::<'__a>::is_of(&mut view.#part);));
        names.push(name);
        names.extend(aliases);
    }
    no_name_twice(names.iter(), &mut errors);
    errors.finish()?;
    Ok(implementations(owner, is_closed, &Parts { parts, empty, checks }))
}

fn is_packed(attribute: &syn::Attribute) -> bool {
    let mut is_packed = false;
    if attribute.path().is_ident("repr") {
        // What is wrong with it, the compiler says.
        let _ = attribute.parse_nested_meta(|meta| {
            is_packed |= meta.path.is_ident("packed");
            Ok(())
        });
    }
    is_packed
}

/// What is said of each field: the member, the value before one has come, and that it has the lifetime of the struct.
struct Parts {
    parts: Vec<TokenStream>,
    empty: Vec<TokenStream>,
    checks: Vec<TokenStream>,
}

fn implementations(owner: &Owner<'_>, is_closed: bool, of: &Parts) -> TokenStream {
    let Parts { parts, empty, checks } = of;
    let within = owner.within();
    let (good, here) = (owner.with(quote!('static)), owner.with(quote!('__a)));
    let closed = is_closed.then(|| quote!(.closed()));
    quote! {
        // SAFETY: every part is as its own type promises, and has no lifetime but that of the view, as is checked below;
        // what is no member, nobody writes.
        #[automatically_derived]
        unsafe impl __engine::Stored for #good {
            type View = Self;
            const VALUE: __engine::Value = <Self as __engine::View>::MEMBERS.value();
            const EMPTY: Self = Self { #(#empty,)* };
        }

        // SAFETY: `VALUE` is made of them.
        #[automatically_derived]
        unsafe impl __engine::View for #good {
            const MEMBERS: __engine::Members<Self> = {
                const ALL: &[__engine::Member] = &[#(#parts,)*];
                __engine::Members::new(ALL)#closed
            };
        }

        #within

        #[automatically_derived]
        impl __engine::Document for #good {
            type View<'__a> = #here;
            type Builder = __engine::Plain<Self>;
        }

        #[allow(dead_code)]
        fn all_is_within<'__a>(view: &mut #here) {
            #(#checks)*
        }

        // Now, and not when a parser is made.
        const _: __engine::Members<#good> = <#good as __engine::View>::MEMBERS;
    }
}
