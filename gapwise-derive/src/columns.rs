//! How views are put into columns. The derive gives names and types; the engine does the rest.

use crate::attributes::OfVariant;
use crate::errors::Errors;
use crate::names::{Case, name, no_name_twice};
use crate::owned::with_attributes;
use crate::owner::Owner;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DataEnum, DataStruct, Fields, LitStr};

/// The greatest number of choices in a column, because an index is an `i8`.
const MOST: usize = i8::MAX as usize;

pub(crate) fn derive(owner: &Owner<'_>) -> syn::Result<TokenStream> {
    let Some(said) = owner.attributes.columns else { return Ok(TokenStream::new()) };
    let refuse = |message: &str| Err(syn::Error::new(said, message));
    match &owner.input.data {
        Data::Struct(_) if owner.attributes.is_text() => Ok(columnar(
            owner,
            &quote!(__engine::ColumnType::Text),
            &quote!(__engine::push_text(self.0, column)),
        )),
        Data::Struct(data) => object(owner, data),
        Data::Enum(_) if owner.attributes.told_by.is_some() => refuse(
            "documents of several kinds have no columns in common: put `columns` on the types of the variants, and \
             make a table of each",
        ),
        Data::Enum(_) if owner.attributes.is_untagged || owner.attributes.tag.is_some() => refuse(
            "an enum of several types has no column: keep the value as `RawJson<'a>`, or convert it to a struct with \
             `columns`",
        ),
        Data::Enum(data) => choice(owner, data, said),
        Data::Union(_) => Ok(TokenStream::new()),
    }
}

/// The code for a type that is the value of a column.
fn columnar(owner: &Owner<'_>, column_type: &TokenStream, push: &TokenStream) -> TokenStream {
    let of = owner.with(quote!('_));
    quote! {
        #[automatically_derived]
        impl __engine::Columnar for #of {
            fn column_type() -> __engine::ColumnType {
                #column_type
            }

            fn push(
                &self,
                column: &mut __engine::Column,
            ) -> ::core::result::Result<(), __engine::ColumnFull> {
                #push
            }
        }
    }
}

fn object(owner: &Owner<'_>, data: &DataStruct) -> syn::Result<TokenStream> {
    let (mut names, mut fields, mut values) = (vec![], vec![], vec![]);
    for (place, field, of) in with_attributes(&data.fields) {
        // Compiler errors about the member point at the type of the field, and name it alike.
        let (here, ty) = (Span::call_site().located_at(field.ty.span()), &field.ty);
        if of.is_skipped {
            continue;
        }
        if of.is_flattened {
            fields.push(
                quote_spanned!(here=> <#ty as __engine::ColumnarObject>::add_fields(fields);),
            );
            values.push(quote_spanned! {here=>
                <#ty as __engine::ColumnarObject>::push_fields(&self.#place, columns)?;
            });
            continue;
        }
        let Some(own) = &field.ident else { continue };
        let name = match of.is_rest {
            // It is no member, so that it has no name in documents.
            true => LitStr::new(&own.unraw().to_string(), own.span()),
            false => name(own, of.name.as_ref(), owner.attributes.case, Case::of_field),
        };
        fields.push(quote_spanned!(here=> fields.push(__engine::Field::of::<#ty>(#name));));
        values.push(quote_spanned!(here=> __engine::push_next::<#ty>(&self.#place, columns)?;));
        names.push(name);
    }
    // A member may have the name of the field for all others.
    let mut errors = Errors::default();
    no_name_twice(names.iter(), &mut errors);
    errors.finish()?;
    let lifetime = owner.lifetime;
    let (parameters, of) = (lifetime.map(|lifetime| quote!(<#lifetime>)), owner.with(lifetime));
    let value = columnar(
        owner,
        &quote!(__engine::object_type::<Self>()),
        &quote!(__engine::push_object(self, column)),
    );
    Ok(quote! {
        // The types of the fields name the lifetime.
        #[automatically_derived]
        impl #parameters __engine::ColumnarObject for #of {
            #[allow(unused_variables)]
            fn add_fields(fields: &mut ::std::vec::Vec<__engine::Field>) {
                #(#fields)*
            }

            #[allow(unused_variables)]
            fn push_fields(
                &self,
                columns: &mut ::core::slice::IterMut<'_, __engine::Column>,
            ) -> ::core::result::Result<(), __engine::ColumnFull> {
                #(#values)*
                ::core::result::Result::Ok(())
            }
        }

        #value
    })
}

/// An enum of texts: an index, or the text if it may be another one.
fn choice(owner: &Owner<'_>, data: &DataEnum, said: Span) -> syn::Result<TokenStream> {
    let keeps_others = data.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit));
    let (mut names, mut arms) = (vec![], vec![]);
    for variant in &data.variants {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            arms.push(quote!(Self::#ident(__text) => *__text,));
            continue;
        }
        let of = OfVariant::read(&variant.attrs, false, &mut Errors::default());
        let name = name(ident, of.name.as_ref(), owner.attributes.case, Case::of_variant);
        let index = names.len();
        arms.push(match keeps_others {
            true => quote!(Self::#ident => #name,),
            false => quote!(Self::#ident => #index,),
        });
        names.push(name);
    }
    let value = quote!(match self { #(#arms)* });
    if keeps_others {
        return Ok(columnar(
            owner,
            &quote!(__engine::ColumnType::Text),
            &quote!(__engine::push_text(#value, column)),
        ));
    }
    if names.len() > MOST {
        let message = format!(
            "a column has no more than {MOST} choices: keep the text itself, `&'a str`, or other texts, \
             `#[view(other)] Other(&'a str)`",
        );
        return Err(syn::Error::new(said, message));
    }
    Ok(columnar(
        owner,
        &quote!(__engine::ColumnType::Choice(&[#(#names),*])),
        &quote!(__engine::push_choice(#value, column)),
    ))
}
