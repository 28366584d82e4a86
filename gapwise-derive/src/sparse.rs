//! The sparse twin: the same view, in which only the members marked `always` are required.
//!
//! The twin is a declaration like any other, and `View` is derived for it.

use crate::attributes::OfField;
use crate::errors::Errors;
use crate::owned::{docs, non_exhaustive, only_docs, with_attributes};
use crate::owner::Owner;
use crate::types;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    Attribute, Data, DeriveInput, Field, Meta, Token, Type, parse_quote, parse_quote_spanned,
};

/// The attributes of a type that only concern its twins.
const OF_TYPE: &[&str] = &["owned", "sparse", "sparse_derive", "sparse_owned"];

/// The attributes of a field that only concern its twins.
const OF_FIELD: &[&str] = &["always", "owned", "sparse", "sparse_owned"];

pub(crate) fn derive(owner: &Owner<'_>) -> syn::Result<TokenStream> {
    refuse(owner)?;
    let attributes = &owner.attributes;
    let Some(name) = &attributes.sparse else { return Ok(TokenStream::new()) };
    let mut twin = owner.input.clone();
    let ident = std::mem::replace(&mut twin.ident, name.clone());
    twin.attrs = without(&twin.attrs, OF_TYPE);
    if let Some(owned) = &attributes.sparse_owned {
        let owned = syn::LitStr::new(&owned.to_string(), owned.span());
        twin.attrs.push(parse_quote!(#[view(owned = #owned)]));
    } else {
        twin.attrs = without(&twin.attrs, &["owned_derive"]);
    }
    let about = format!("[`{ident}`] with only those members that were requested.");
    let declared_docs = docs(&twin.attrs, &about);
    twin.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    twin.attrs.extend(declared_docs);
    let Data::Struct(data) = &mut twin.data else { return Ok(TokenStream::new()) };
    for field in &mut data.fields {
        in_twin(field, attributes.sparse_owned.is_some());
    }
    let derived = crate::derive(&twin)?;
    let more = attributes.sparse_derive.iter().flatten();
    let declared = declared(twin);
    Ok(quote! {
        #[derive(Clone, Copy, Debug, PartialEq, #(#more,)*)]
        // Nobody knows which fields a program will read.
        #[allow(dead_code)]
        #declared
        #derived
    })
}

/// Turns a field into the field of the twin.
fn in_twin(field: &mut Field, has_owned: bool) {
    // Errors in the attributes have already been reported.
    let of = OfField::read(&field.attrs, &mut Errors::default());
    field.attrs = without(&field.attrs, OF_FIELD);
    let is_required = is_required(field, &of);
    let mut owned = of.owned;
    if let Some(other) = of.sparse {
        field.ty = other;
        owned = None;
        if of.always.is_none() && !of.is_flattened && !of.has_default {
            field.attrs.push(parse_quote!(#[view(default)]));
        }
    } else if of.always.is_none() && is_required {
        field.ty = optional(&field.ty);
        field.attrs.push(parse_quote!(#[view(not_null)]));
        owned = owned.map(|owned| optional(&owned));
    }
    if let Some(owned) = of.sparse_owned.or(owned).filter(|_| has_owned) {
        let owned = syn::LitStr::new(&quote!(#owned).to_string(), owned.span());
        field.attrs.push(parse_quote!(#[view(owned = #owned)]));
    }
}

fn optional(of: &Type) -> Type {
    parse_quote_spanned!(of.span()=> ::core::option::Option<#of>)
}

/// Whether the view requires the member.
fn is_required(field: &Field, of: &OfField) -> bool {
    let may_be_absent =
        types::named(&field.ty).is_some_and(|name| name == "Option" || name == "Presence");
    !(may_be_absent || of.has_default || of.is_rest || of.is_skipped)
}

/// Refuses attributes for the sparse twin that are wrong, or that need a twin where there is none.
fn refuse(owner: &Owner<'_>) -> syn::Result<()> {
    let (input, attributes) = (owner.input, &owner.attributes);
    let mut errors = Errors::default();
    let Some(name) = &attributes.sparse else {
        let message = "there is no sparse twin: `#[view(sparse = \"...\")]`";
        let derives = attributes.sparse_derive.iter().flatten().map(|path| path.span());
        let owned = attributes.sparse_owned.iter().map(|name| name.span());
        derives.chain(owned).for_each(|span| errors.add(syn::Error::new(span, message)));
        for (_, of) in parts(input) {
            let types = [of.sparse, of.sparse_owned].into_iter().flatten();
            for span in types.map(|of| of.span()).chain(of.always) {
                let message = "there is no sparse twin: `#[view(sparse = \"...\")]` on the struct";
                errors.add(syn::Error::new(span, message));
            }
        }
        return errors.finish();
    };
    if attributes.is_text() {
        errors.add(syn::Error::new(name.span(), "a text has no members that could be absent"));
        return errors.finish();
    }
    let mut names: Vec<_> = [&input.ident].into_iter().chain(&attributes.owned).collect();
    for twin in [name].into_iter().chain(&attributes.sparse_owned) {
        if names.contains(&twin) {
            let message = "it is the name of the view or of another twin: give this one another";
            errors.add(syn::Error::new(twin.span(), message));
        }
        names.push(twin);
    }
    for (field, of) in parts(input) {
        for (span, message) in refused(field, &of, attributes.sparse_owned.is_some()) {
            errors.add(syn::Error::new(span, message));
        }
    }
    errors.finish()
}

/// The errors in the attributes of a field for its twins, and where they are.
fn refused(field: &Field, of: &OfField, has_owned: bool) -> Vec<(Span, &'static str)> {
    let OfField { always, sparse, sparse_owned, is_flattened, is_rest, .. } = of;
    let types = sparse.iter().chain(sparse_owned).map(Spanned::span);
    if of.is_skipped || *is_rest {
        let message = "it is only for a required member: this field is the same in the sparse twin";
        return always.iter().copied().chain(types).map(|span| (span, message)).collect();
    }
    let mut all = vec![];
    if let (Some(always), None, false) = (always, sparse, is_required(field, of)) {
        all.push((*always, "it is only for a required member: this one may be absent anyway"));
    }
    if *is_flattened && always.is_none() && sparse.is_none() {
        let message = "its members are required: say what it is in the sparse twin, `#[view(sparse = \"...\")]`, or that they \
                       always come, `#[view(always)]`";
        all.push((field.ty.span(), message));
    }
    if let (Some(owned), false) = (sparse_owned, has_owned) {
        let message =
            "the sparse twin has no owned one: `#[view(sparse_owned = \"...\")]` on the struct";
        all.push((owned.span(), message));
    }
    all
}

/// The fields of a struct, with their attributes.
fn parts(input: &DeriveInput) -> Vec<(&Field, OfField)> {
    match &input.data {
        Data::Struct(data) => {
            with_attributes(&data.fields).map(|(_, field, of)| (field, of)).collect()
        }
        Data::Enum(_) | Data::Union(_) => vec![],
    }
}

/// The attributes without some of the names in `#[view(...)]`.
fn without(attributes: &[Attribute], left_out: &[&str]) -> Vec<Attribute> {
    let all = attributes.iter().map(|attribute| {
        if !attribute.path().is_ident("view") {
            return attribute.clone();
        }
        let said = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        // Errors in the attributes have already been reported.
        let said = said.into_iter().flatten();
        let kept = said.filter(|one| !left_out.iter().any(|name| one.path().is_ident(name)));
        parse_quote!(#[view(#(#kept),*)])
    });
    all.collect()
}

/// A declaration without the attributes of this derive, which other derives do not know.
fn declared(mut twin: DeriveInput) -> DeriveInput {
    let is_open = non_exhaustive(&twin.attrs).cloned();
    twin.attrs = only_docs(&twin.attrs);
    twin.attrs.extend(is_open);
    if let Data::Struct(data) = &mut twin.data {
        data.fields.iter_mut().for_each(|field| field.attrs = only_docs(&field.attrs));
    }
    twin
}
