//! Structs: objects.

use crate::attributes::{OfField, OfType};
use crate::errors::Errors;
use crate::names::{Case, name, needs_escapes, no_name_twice};
use crate::owner::Owner;
use crate::{documents, types};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataStruct, Field, Fields};

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
    let (mut names, mut members, mut empty, mut checks) =
        (vec![], Declared::default(), vec![], vec![]);
    for (name, text) in &owner.attributes.constants {
        if needs_escapes(text) {
            errors.add(syn::Error::new(
                text.span(),
                "this text needs escapes in JSON, which is not supported",
            ));
        }
        members.own.push(quote!(__engine::Member::constant(#name, #text)));
        names.push(name.clone());
    }
    for field in &fields.named {
        let Some(part) = &field.ident else { continue };
        let attributes = OfField::read(&field.attrs, &mut errors);
        if let Some(at) = attributes.not_null {
            errors.sift(never_null(field, at, &attributes));
        }
        if attributes.is_flattened {
            errors.sift(flattened(field, &attributes, is_closed));
        }
        if attributes.is_rest {
            errors.sift(kept_rest(field, &attributes, is_closed, members.rest.is_some()));
        }
        let OfField { name: given, aliases, has_default, is_or_text, .. } = attributes;
        let OfField { is_skipped, is_flattened, is_rest, not_null, .. } = attributes;
        // Compiler errors about the member point at the type of the field.
        let here = Span::call_site().located_at(field.ty.span());
        if is_or_text && (is_skipped || is_flattened) {
            let message = "`or_text` is for a member that is an integer";
            errors.add(syn::Error::new(field.ty.span(), message));
        }
        if is_skipped {
            empty.push(quote_spanned!(here=> #part: __engine::Blank::BLANK));
            continue;
        }
        errors.sift(types::check(&field.ty, owner));
        empty.push(quote_spanned!(here=> #part: __engine::Stored::EMPTY));
        checks.push(quote_spanned!(here=> __engine::Lifetime::<'__a>::is_of(&mut view.#part);));
        if is_rest {
            members.rest = Some(quote_spanned! {here=>
                .rest(__engine::offset_of!(#good, #part), |view: &#good| &view.#part)
            });
            continue;
        }
        if is_flattened {
            let group = quote_spanned! {here=>
                __engine::Group::flattened(
                    __engine::offset_of!(#good, #part),
                    |view: &#good| &view.#part,
                )
            };
            members.flattened(group, here);
            continue;
        }
        let name = name(part, given.as_ref(), case, Case::of_field);
        let or_named =
            (!aliases.is_empty()).then(|| quote_spanned!(here=> .or_named(&[#(#aliases),*])));
        let or_text = is_or_text.then(|| quote_spanned!(here=> .or_text()));
        let or_empty = has_default.then(|| quote_spanned!(here=> .or_empty()));
        let part_of = if not_null.is_some() { quote!(new) } else { quote!(or_null) };
        members.own.push(quote_spanned! {here=>
            __engine::Part::#part_of(
                #name,
                __engine::offset_of!(#good, #part),
                |view: &#good| &view.#part,
            )
            #or_named
            #or_text
            #or_empty
            .member()
        });
        names.push(name);
        names.extend(aliases);
    }
    no_name_twice(names.iter(), &mut errors);
    errors.finish()?;
    let rest = members.rest.take();
    let (members, tag) = members.all();
    Ok(implementations(owner, is_closed, &Parts { members, tag, rest, empty, checks }))
}

/// The members in the order of their declaration.
#[derive(Default)]
struct Declared {
    /// Groups of members in order: those of each flattened field, and those declared between flattened fields.
    groups: Vec<TokenStream>,
    /// The members declared since the last flattened field.
    own: Vec<TokenStream>,
    /// Where the last flattened field is.
    flattened: Option<Span>,
    /// The code for the field that keeps all other members.
    rest: Option<TokenStream>,
}

impl Declared {
    fn flattened(&mut self, group: TokenStream, at: Span) {
        self.end_own();
        self.groups.push(group);
        self.flattened = Some(at);
    }

    fn end_own(&mut self) {
        let own = std::mem::take(&mut self.own);
        if !own.is_empty() {
            self.groups.push(quote!(__engine::Group::own(&[#(#own,)*])));
        }
    }

    /// The code of `ALL`, with all members; and the code for the tag that flattened fields may have.
    fn all(mut self) -> (TokenStream, Option<TokenStream>) {
        let Some(here) = self.flattened else {
            let own = self.own;
            return (quote!(const ALL: &[__engine::Member] = &[#(#own,)*];), None);
        };
        self.end_own();
        let groups = self.groups;
        // A duplicate name becomes an error here.
        let all = quote_spanned!(here=> __engine::Group::all::<{ __engine::Group::count(GROUPS) }>(GROUPS));
        let tag = quote_spanned!(here=> .with_tag(__engine::Group::tag(GROUPS)));
        let all = quote! {
            const GROUPS: &[__engine::Group] = &[#(#groups,)*];
            const ALL: &[__engine::Member] = &#all;
        };
        (all, Some(tag))
    }
}

/// Refuses `not_null` where `null` is an error anyway, or has a meaning of its own.
fn never_null(field: &Field, at: Span, attributes: &OfField) -> syn::Result<()> {
    let OfField { is_skipped, is_flattened, is_rest, .. } = attributes;
    if types::is_option(&field.ty) && !is_skipped && !is_flattened && !is_rest {
        return Ok(());
    }
    Err(syn::Error::new(
        at,
        "`not_null` is for a member that is an `Option`: others are never `null`, or tell when they are",
    ))
}

/// Refuses a `rest` field in a struct that allows no other members or already has such a field, and other attributes on
/// it.
fn kept_rest(
    field: &Field,
    attributes: &OfField,
    is_closed: bool,
    is_second: bool,
) -> syn::Result<()> {
    let refuse = |message: &str| Err(syn::Error::new(field.ty.span(), message));
    if is_closed {
        return refuse("`rest` keeps unknown members, but `deny_unknown_fields` allows none");
    }
    if is_second {
        return refuse("only one field can have `rest`");
    }
    let OfField { name, aliases, .. } = attributes;
    let OfField { has_default, is_skipped, is_flattened, is_or_text, .. } = attributes;
    let is_more = *has_default || *is_skipped || *is_flattened || *is_or_text;
    if is_more || name.is_some() || !aliases.is_empty() {
        return refuse(
            "a `rest` field is not a member itself: it has no name, `default`, `skip`, `flatten` or `or_text`",
        );
    }
    Ok(())
}

/// Refuses attributes that a flattened field cannot have, and structs that it cannot be part of.
fn flattened(field: &Field, attributes: &OfField, is_closed: bool) -> syn::Result<()> {
    let OfField { name, aliases, has_default, is_skipped, .. } = attributes;
    let refuse = |message: &str| Err(syn::Error::new(field.ty.span(), message));
    if name.is_some() || !aliases.is_empty() {
        return refuse("what is flattened has no name: only its members have");
    }
    if *has_default {
        return refuse(
            "what is flattened is always there: put `default` on those of its members that may be absent",
        );
    }
    if *is_skipped {
        return refuse("what is flattened is a part of the view that its members are written into");
    }
    if is_closed {
        return refuse(
            "`deny_unknown_fields` is not supported together with `flatten`, and not by serde either",
        );
    }
    types::check_flattened(&field.ty)
}

pub(crate) fn is_packed(attribute: &syn::Attribute) -> bool {
    let mut is_packed = false;
    if attribute.path().is_ident("repr") {
        // The compiler reports errors in it.
        let _ = attribute.parse_nested_meta(|meta| {
            is_packed |= meta.path.is_ident("packed");
            Ok(())
        });
    }
    is_packed
}

/// The code for the fields: the members; and for each field its empty value, and a check that it has the lifetime of
/// the struct.
struct Parts {
    members: TokenStream,
    tag: Option<TokenStream>,
    rest: Option<TokenStream>,
    empty: Vec<TokenStream>,
    checks: Vec<TokenStream>,
}

fn implementations(owner: &Owner<'_>, is_closed: bool, of: &Parts) -> TokenStream {
    let Parts { members, tag, rest, empty, checks } = of;
    let document = owner.document(&quote!(#(#checks)*));
    let build = build(owner);
    let good = owner.with(quote!('static));
    let closed = is_closed.then(|| quote!(.closed()));
    quote! {
        // SAFETY: every part is as its own type promises, and has no lifetime but that of the view, as is checked
        // below; nobody writes to fields that are no members.
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
                #members
                __engine::Members::new(ALL)#tag #closed #rest
            };
        }

        #document
        #build
    }
}

/// How documents are built if a function tells whether a bad document is of another kind.
fn build(owner: &Owner<'_>) -> Option<TokenStream> {
    let another_kind = documents::another_kind(owner.attributes.another_kind.as_ref()?);
    let (good, any) = (owner.with(quote!('static)), owner.with(quote!('__d)));
    let lifetime = owner.any_lifetime();
    Some(quote! {
        // SAFETY: the table is of this view.
        #[automatically_derived]
        unsafe impl #lifetime __engine::Build<#any> for #good {
            const TABLES: &'static [__engine::TableOf] = &[__engine::Table::of::<Self>];

            #another_kind
        }
    })
}
