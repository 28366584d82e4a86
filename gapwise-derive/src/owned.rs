//! The owned twin: its declaration, and the conversion from the view.

use crate::attributes::OfField;
use crate::errors::Errors;
use crate::owner::Owner;
use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Data, Expr, ExprLit, Field, Fields, GenericArgument, Lit, Path, PathArguments, Type,
    TypePath, TypeReference,
};

/// Types that borrow nothing.
const PLAIN: &[&str] =
    &["bool", "i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64"];

/// The declaration of the twin, and the code that makes it from the view. The latter can use the names of the engine.
#[derive(Default)]
pub(crate) struct Twin {
    pub(crate) declared: TokenStream,
    pub(crate) made: TokenStream,
}

pub(crate) fn derive(owner: &Owner<'_>) -> syn::Result<Twin> {
    refuse(owner)?;
    let Some(name) = &owner.attributes.owned else {
        let made = if owner.lifetime.is_none() { is_its_own(owner) } else { TokenStream::new() };
        return Ok(Twin { declared: TokenStream::new(), made });
    };
    let (ident, vis) = (&owner.input.ident, &owner.input.vis);
    let docs = docs(&owner.input.attrs, &format!("An owned copy of [`{ident}`]."));
    let more = owner.attributes.owned_derive.iter().flatten();
    let (declaration, from) = match &owner.input.data {
        Data::Enum(data) => {
            let variants = data.variants.iter().map(|variant| {
                let (docs, name) = (only_docs(&variant.attrs), &variant.ident);
                let fields = declared(&variant.fields, owner);
                quote!(#(#docs)* #name #fields)
            });
            let arms = data.variants.iter().map(|variant| {
                let variant_name = &variant.ident;
                let (bound, made) = taken_apart(&variant.fields);
                quote!(Self::#variant_name #bound => #name::#variant_name #made,)
            });
            (quote!(enum #name { #(#variants,)* }), quote!(match self { #(#arms)* }))
        }
        Data::Struct(data) => {
            let fields = declared(&data.fields, owner);
            let end = matches!(data.fields, Fields::Unnamed(_)).then(|| quote!(;));
            let values = kept(&data.fields).map(|(place, field, _)| {
                let here = located_at(field);
                quote_spanned!(here=> #place: __engine::IntoOwned::into_owned(self.#place),)
            });
            (quote!(struct #name #fields #end), quote!(#name { #(#values)* }))
        }
        Data::Union(_) => return Ok(Twin::default()),
    };
    let here = owner.with(quote!('_));
    let is_open = non_exhaustive(&owner.input.attrs);
    Ok(Twin {
        declared: quote! {
            #(#docs)*
            #[derive(Clone, Debug, PartialEq, #(#more,)*)]
            // Nobody knows which fields a program will read; and variants are as large as those of the view.
            #[allow(dead_code, clippy::large_enum_variant)]
            #is_open
            #vis #declaration
        },
        made: quote! {
            #[automatically_derived]
            impl __engine::IntoOwned for #here {
                type Owned = #name;

                fn into_owned(self) -> #name {
                    #from
                }
            }

            #[automatically_derived]
            impl #here {
                /// A copy that owns its text.
                #[allow(dead_code)]
                #vis fn into_owned(self) -> #name {
                    __engine::IntoOwned::into_owned(self)
                }
            }
        },
    })
}

/// Refuses attributes for the owned twin that are wrong, or that need a twin where there is none.
fn refuse(owner: &Owner<'_>) -> syn::Result<()> {
    let (input, attributes) = (owner.input, &owner.attributes);
    let mut errors = Errors::default();
    if let Some(name) = &attributes.owned {
        if *name == input.ident {
            errors.add(syn::Error::new(
                name.span(),
                "it is the name of the view: give its twin another one",
            ));
        }
        if owner.lifetime.is_none() {
            let message = "it borrows nothing, and owns all that it has: it needs no owned twin";
            errors.add(syn::Error::new(name.span(), message));
        }
    } else {
        let has_sparse = attributes.sparse_owned.is_some();
        if let (Some(derives), false) = (&attributes.owned_derive, has_sparse) {
            let message = "there is no owned twin: `#[view(owned = \"...\")]`";
            let span = derives.first().map_or(input.ident.span(), |path| path.span());
            errors.add(syn::Error::new(span, message));
        }
    }
    let Data::Struct(data) = &input.data else { return errors.finish() };
    for (_, _, of) in with_attributes(&data.fields) {
        let Some(given) = &of.owned else { continue };
        if attributes.owned.is_none() {
            let message = "there is no owned twin: `#[view(owned = \"...\")]` on the struct";
            errors.add(syn::Error::new(given.span(), message));
        } else if of.is_skipped {
            errors.add(syn::Error::new(
                given.span(),
                "a skipped field is not part of the owned twin",
            ));
        }
    }
    errors.finish()
}

/// Implements `IntoOwned` for a type without a lifetime, which is its own twin.
fn is_its_own(owner: &Owner<'_>) -> TokenStream {
    let ident = &owner.input.ident;
    quote! {
        #[automatically_derived]
        impl __engine::IntoOwned for #ident {
            type Owned = Self;

            fn into_owned(self) -> Self {
                self
            }
        }
    }
}

/// The fields of the twin, with their brackets.
fn declared(fields: &Fields, owner: &Owner<'_>) -> TokenStream {
    let all = kept(fields).map(|(_, field, of)| {
        let (docs, vis) = (only_docs(&field.attrs), &field.vis);
        let name = field.ident.iter();
        let owned = match of.owned {
            Some(given) => given.into_token_stream(),
            None => owned_type(&field.ty, owner),
        };
        quote!(#(#docs)* #vis #(#name:)* #owned)
    });
    match fields {
        Fields::Named(_) => quote!({ #(#all,)* }),
        Fields::Unnamed(_) => quote!((#(#all,)*)),
        Fields::Unit => TokenStream::new(),
    }
}

/// The fields of a variant as a pattern, and the fields of the twin made from what the pattern binds.
fn taken_apart(fields: &Fields) -> (TokenStream, TokenStream) {
    let (mut bound, mut made) = (vec![], vec![]);
    for (number, (place, field, _)) in with_attributes(fields).enumerate() {
        let here = located_at(field);
        let name = quote::format_ident!("__{number}", span = here);
        bound.push(quote!(#place: #name));
        made.push(quote_spanned!(here=> #place: __engine::IntoOwned::into_owned(#name)));
    }
    match fields {
        Fields::Unit => (TokenStream::new(), TokenStream::new()),
        _ => (quote!({ #(#bound),* }), quote!({ #(#made),* })),
    }
}

/// The fields, with their names and attributes.
pub(crate) fn with_attributes(
    fields: &Fields,
) -> impl Iterator<Item = (syn::Member, &Field, OfField)> {
    fields.members().zip(fields).map(|(place, field)| {
        // Errors in the attributes have already been reported.
        (place, field, OfField::read(&field.attrs, &mut Errors::default()))
    })
}

/// The fields that are part of the twin.
fn kept(fields: &Fields) -> impl Iterator<Item = (syn::Member, &Field, OfField)> {
    with_attributes(fields).filter(|(_, _, of)| !of.is_skipped)
}

/// The doc comments of a declaration without their examples, followed by `more`.
pub(crate) fn docs(attributes: &[Attribute], more: &str) -> Vec<Attribute> {
    let mut docs = only_docs(attributes);
    let mut is_example = false;
    docs.retain(|line| {
        let is_fence = text_of(line).is_some_and(|text| text.trim_start().starts_with("```"));
        is_example ^= is_fence;
        !is_example && !is_fence
    });
    while docs.last().and_then(text_of).is_some_and(|text| text.trim().is_empty()) {
        docs.pop();
    }
    if !docs.is_empty() {
        docs.push(syn::parse_quote!(#[doc = ""]));
    }
    docs.push(syn::parse_quote!(#[doc = #more]));
    docs
}

/// The text of a doc attribute, if it has one.
fn text_of(doc: &Attribute) -> Option<String> {
    match &doc.meta.require_name_value().ok()?.value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// The `non_exhaustive` attribute, if there is one: the twins get it, too.
pub(crate) fn non_exhaustive(attributes: &[Attribute]) -> Option<&Attribute> {
    attributes.iter().find(|attribute| attribute.path().is_ident("non_exhaustive"))
}

pub(crate) fn only_docs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect()
}

/// The type of a part in the owned twin, written as a person would write it if its name tells what it is.
fn owned_type(of: &Type, owner: &Owner<'_>) -> TokenStream {
    // Compiler errors about the part point at its type.
    let here = Span::call_site().located_at(of.span());
    match of {
        Type::Group(group) => owned_type(&group.elem, owner),
        Type::Paren(inside) => owned_type(&inside.elem, owner),
        Type::Reference(TypeReference { elem, .. }) => {
            let inside = owned_type(elem, owner);
            quote_spanned!(here=> ::std::boxed::Box<#inside>)
        }
        Type::Slice(slice) => {
            let item = owned_type(&slice.elem, owner);
            quote_spanned!(here=> [#item])
        }
        Type::Tuple(pair) => {
            let parts = pair.elems.iter().map(|part| owned_type(part, owner));
            quote_spanned!(here=> (#(#parts),*))
        }
        Type::Array(array) => {
            let (item, count) = (owned_type(&array.elem, owner), &array.len);
            quote_spanned!(here=> [#item; #count])
        }
        Type::Path(TypePath { qself: None, path }) => {
            owned_path(path, owner).unwrap_or_else(|| projected(of, owner))
        }
        other => projected(other, owner),
    }
}

/// The owned twin of a well-known type.
fn owned_path(path: &Path, owner: &Owner<'_>) -> Option<TokenStream> {
    let last = path.segments.last()?;
    if path.is_ident("str") || PLAIN.iter().any(|name| path.is_ident(name)) {
        return Some(path.into_token_stream());
    }
    if last.ident == "RawJson" {
        let engine = owner.engine();
        return Some(quote!(#engine::OwnedRawJson));
    }
    if last.ident != "Option" && last.ident != "Presence" {
        return None;
    }
    let inside = only_type(&last.arguments)?;
    let inside = owned_type(inside, owner);
    let mut path = path.clone();
    path.segments.last_mut()?.arguments = PathArguments::None;
    let here = Span::call_site().located_at(path.span());
    Some(quote_spanned!(here=> #path<#inside>))
}

/// The one type in angle brackets.
fn only_type(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return None };
    match arguments.args.iter().collect::<Vec<_>>()[..] {
        [GenericArgument::Type(inside)] => Some(inside),
        _ => None,
    }
}

/// The owned twin of any other type, by way of its `IntoOwned`.
fn projected(of: &Type, owner: &Owner<'_>) -> TokenStream {
    let engine = owner.engine();
    let here = Span::call_site().located_at(of.span());
    let of = for_good(of.to_token_stream(), owner);
    quote_spanned!(here=> #engine::Owned<#of>)
}

/// Replaces the lifetime of the view by `'static`.
pub(crate) fn for_good(tokens: TokenStream, owner: &Owner<'_>) -> TokenStream {
    let Some(lifetime) = owner.lifetime else { return tokens };
    let mut is_lifetime = false;
    let all = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => {
            let mut inside = Group::new(group.delimiter(), for_good(group.stream(), owner));
            inside.set_span(group.span());
            TokenTree::Group(inside)
        }
        TokenTree::Ident(name) if is_lifetime && name == lifetime.ident => {
            is_lifetime = false;
            TokenTree::Ident(proc_macro2::Ident::new("static", name.span()))
        }
        token => {
            is_lifetime = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '\'');
            token
        }
    });
    all.collect()
}

fn located_at(field: &Field) -> Span {
    Span::call_site().located_at(field.ty.span())
}
