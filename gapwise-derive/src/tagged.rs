//! Enums with a tag: objects of which one member selects the variant.

use crate::attributes::{OfField, OfType, OfVariant};
use crate::errors::Errors;
use crate::names::{Case, name, needs_escapes, no_name_twice};
use crate::owner::Owner;
use crate::types;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataEnum, Fields, Ident, LitStr, Type, Variant};

/// The greatest number of variants, because a byte says which one it is.
const MOST: usize = 256;

pub(crate) fn derive(
    owner: &Owner<'_>,
    tag: &LitStr,
    data: &DataEnum,
    mut errors: Errors,
) -> syn::Result<TokenStream> {
    let ident = &owner.input.ident;
    let OfType { case, ref content, is_closed, .. } = owner.attributes;
    if needs_escapes(tag) {
        errors.add(syn::Error::new(
            tag.span(),
            "this name needs escapes in JSON, which is not supported",
        ));
    }
    if let Some(content) = content
        && content.value() == tag.value()
    {
        let message = "`tag` and `content` are two members: give them different names";
        errors.add(syn::Error::new(content.span(), message));
    }
    if is_closed && content.is_none() {
        let message = "put `deny_unknown_fields` on the structs that the variants hold";
        errors.add(syn::Error::new_spanned(ident, message));
    }
    let mut declared = Declared::default();
    let mut other = None;
    for variant in &data.variants {
        let OfVariant { name: given, aliases, is_other, .. } =
            OfVariant::read(&variant.attrs, true, &mut errors);
        let held = errors.sift(held(owner, variant)).flatten();
        declared.add(owner, variant, held, is_other);
        if is_other {
            for given in given.iter().chain(&aliases) {
                errors.add(syn::Error::new(
                    given.span(),
                    "a variant for other tags has no `rename` or `alias`",
                ));
            }
            if held.is_some() {
                let message = "the variant for other tags keeps nothing: write `Other`";
                errors.add(syn::Error::new_spanned(variant, message));
            }
            if other.replace((declared.variants.len() - 1, variant)).is_some() {
                let message = "only one variant can be for other tags";
                errors.add(syn::Error::new_spanned(&variant.ident, message));
            }
            continue;
        }
        let name = name(&variant.ident, given.as_ref(), case, Case::of_variant);
        for name in [name].into_iter().chain(aliases) {
            if needs_escapes(&name) {
                let message = "this tag needs escapes in JSON, which is not supported";
                errors.add(syn::Error::new(name.span(), message));
            }
            declared.texts.push((name, declared.variants.len() - 1));
        }
    }
    if data.variants.is_empty() {
        errors.add(syn::Error::new_spanned(ident, "an enum needs at least one variant"));
    }
    if declared.texts.len() + usize::from(other.is_some()) > MOST {
        let message =
            format!("an enum has no more than {MOST} tags: keep what they tell of as `RawJson`");
        errors.add(syn::Error::new_spanned(ident, message));
    }
    no_name_twice(declared.texts.iter().map(|(name, _)| name), &mut errors);
    if let (Some((_, variant)), Some(_)) = (other, owner.attributes.serde) {
        let name = name(&variant.ident, None, case, Case::of_variant);
        if declared.texts.iter().any(|(text, _)| text.value() == name.value()) {
            let message = "it is written by its name, but that is the tag of another variant: give it another name";
            errors.add(syn::Error::new_spanned(&variant.ident, message));
        }
    }
    errors.finish()?;
    Ok(implementations(owner, tag, &declared, other.map(|(of, _)| of)))
}

/// The code for the variants.
#[derive(Default)]
struct Declared {
    /// The texts of the tag, each with the index of its variant.
    texts: Vec<(LitStr, usize)>,
    /// The variants, and their empty values.
    variants: Vec<TokenStream>,
    empty: Vec<TokenStream>,
    /// Checks that what the variants hold has the lifetime of the enum.
    checks: Vec<TokenStream>,
}

impl Declared {
    fn add(&mut self, owner: &Owner<'_>, variant: &Variant, held: Option<&Type>, is_other: bool) {
        let (ident, name) = (&owner.input.ident, &variant.ident);
        let good = owner.with(quote!('static));
        let OfType { content, is_closed, .. } = &owner.attributes;
        let closed = is_closed.then(|| quote!(.closed()));
        let Some(held) = held else {
            self.empty.push(quote!(<#good>::#name));
            let members = content.as_ref().map(|content| match is_other {
                true => quote!(__engine::Member::ignored(#content)),
                false => quote!(__engine::Member::null(#content)),
            });
            self.variants.push(quote!(__engine::Variant::new(const { &[#members] })#closed));
            return;
        };
        // Compiler errors about what the variant holds point at its type.
        let here = Span::call_site().located_at(held.span());
        let Place { empty, at, of } = place_of(owner, name, here);
        self.variants.push(match content {
            None => quote_spanned!(here=> __engine::variant(const #at, #of)),
            Some(content) => quote_spanned! {here=>
                __engine::Variant::new(const {
                    &[__engine::Part::or_null(#content, const #at, #of).member()]
                })#closed
            },
        });
        self.empty.push(empty);
        self.checks.push(quote_spanned! {here=>
            #ident::#name(__inside) => __engine::Lifetime::<'__a>::is_of(__inside)
        });
    }
}

/// A variant that holds something.
pub(crate) struct Place {
    /// Its empty value.
    pub(crate) empty: TokenStream,
    /// Where in the enum the held value is, and a function that tells its type.
    pub(crate) at: TokenStream,
    pub(crate) of: TokenStream,
}

/// The place of the variant `name`. Compiler errors about it point at `here`.
pub(crate) fn place_of(owner: &Owner<'_>, name: &Ident, here: Span) -> Place {
    let (ident, good) = (&owner.input.ident, owner.with(quote!('static)));
    let empty = quote_spanned!(here=> <#good>::#name(__engine::Stored::EMPTY));
    let at = quote_spanned! {here=> {
        const __WHOLE: &#good = &#empty;
        match __WHOLE {
            // SAFETY: it is a part of it.
            #ident::#name(__inside) => unsafe { __engine::inside_variant(__WHOLE, __inside) },
            #[allow(unreachable_patterns)]
            _ => ::core::panic!(),
        }
    }};
    let of = quote_spanned! {here=>
        |__whole: &#good| match __whole {
            #ident::#name(__inside) => __inside,
            #[allow(unreachable_patterns)]
            _ => ::core::panic!(),
        }
    };
    Place { empty, at, of }
}

/// The type that a variant holds, if it holds something.
pub(crate) fn held<'v>(owner: &Owner<'_>, variant: &'v Variant) -> syn::Result<Option<&'v Type>> {
    match &variant.fields {
        Fields::Unit => Ok(None),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let field = &fields.unnamed[0];
            let mut errors = Errors::default();
            if !OfField::read(&field.attrs, &mut errors).is_empty() {
                let message =
                    "the field of a variant is not a member itself, so it has no attributes";
                errors.add(syn::Error::new(field.ty.span(), message));
            }
            errors.sift(types::check(&field.ty, owner));
            errors.finish()?;
            Ok(Some(&field.ty))
        }
        Fields::Unnamed(_) => {
            let message =
                "a variant holds one value, of which the members have names: `Variant(Struct<'a>)`";
            Err(syn::Error::new_spanned(variant, message))
        }
        Fields::Named(_) => {
            let message = "give the fields to a struct with `#[derive(View)]`, and have the variant hold that: \
                           `Variant(Struct<'a>)`";
            Err(syn::Error::new_spanned(variant, message))
        }
    }
}

fn implementations(
    owner: &Owner<'_>,
    tag: &LitStr,
    declared: &Declared,
    other: Option<usize>,
) -> TokenStream {
    let Declared { texts, variants, empty, checks } = declared;
    let document = owner.document(&quote! {
        match view {
            #(#checks,)*
            #[allow(unreachable_patterns)]
            _ => {}
        }
    });
    let good = owner.with(quote!('static));
    let of = texts.iter().map(|&(_, of)| of).chain(other);
    let values = of.clone().map(|of| &empty[of]);
    let variant_of = of.map(|of| of as u8);
    let texts = texts.iter().map(|(text, _)| text);
    let first = empty.first();
    quote! {
        // SAFETY: a value of the enum is written by its tag, and then parts of what its variant holds, where that
        // stands; each is as its own type promises, and has no lifetime but that of the enum, as is checked below.
        #[automatically_derived]
        unsafe impl __engine::Stored for #good {
            type View = Self;
            const VALUE: __engine::Value = <Self as __engine::View>::MEMBERS.value();
            const EMPTY: Self = #first;
        }

        // SAFETY: `VALUE` is made of them.
        #[automatically_derived]
        unsafe impl __engine::View for #good {
            const MEMBERS: __engine::Members<Self> = {
                const VARIANTS: &[__engine::Variant] = &[#(#variants,)*];
                const TAG: &__engine::Tag = &__engine::tag::<#good>(
                    #tag,
                    &[#(#texts,)*],
                    &[#(#values,)*],
                    &[#(#variant_of,)*],
                    VARIANTS,
                );
                __engine::Members::tagged(TAG)
            };
        }

        #document
    }
}
