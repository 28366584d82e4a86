//! How serde writes a view and its owned twin, and reads the twin. The derive gives names and parts; the engine does
//! the rest.

use crate::attributes::{OfType, OfVariant};
use crate::errors::Errors;
use crate::names::{Case, name};
use crate::owned::with_attributes;
use crate::owner::Owner;
use crate::structs;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Fields, LitStr, parse_quote};

/// The code for a type; it is the same for the view and its twin.
struct Words {
    /// The code that lists the members of an object.
    members: Option<TokenStream>,
    /// The code that writes the value.
    write: TokenStream,
    /// The code that reads a twin.
    read: TokenStream,
}

pub(crate) fn derive(owner: &Owner<'_>) -> TokenStream {
    let Some(said) = owner.attributes.serde else { return TokenStream::new() };
    let words = match &owner.input.data {
        Data::Struct(_) if owner.attributes.is_text() => Words {
            members: None,
            write: quote!(__engine::Written::write(&self.0, serializer)),
            read: quote!(__engine::read_text(deserializer, Self)),
        },
        Data::Struct(data) => object(owner, data),
        Data::Enum(data) if owner.attributes.told_by.is_some() => document(owner, data),
        Data::Enum(data) if owner.attributes.is_untagged => untagged(owner, data),
        Data::Enum(data) => match &owner.attributes.tag {
            Some(tag) => tagged(owner, tag, data),
            None => choice(owner, data),
        },
        Data::Union(_) => return TokenStream::new(),
    };
    let view = serialize(&owner.with(quote!('_)), &words);
    let twin = match (&owner.attributes.owned, owner.lifetime) {
        (Some(twin), _) => {
            let (twin, read) = (twin.to_token_stream(), deserialize(twin, &words));
            let written = serialize(&twin, &words);
            quote!(#written #read)
        }
        // The type is its own twin.
        (None, None) => deserialize(&owner.input.ident, &words),
        (None, Some(_)) => TokenStream::new(),
    };
    let alone = match owner.attributes.is_untagged && !twin.is_empty() {
        true => alone(owner),
        false => TokenStream::new(),
    };
    let here = Span::call_site().located_at(said);
    quote_spanned!(here=> __engine::with_serde! { #view #twin #alone })
}

fn serialize(of: &TokenStream, words: &Words) -> TokenStream {
    let Words { members, write, .. } = words;
    let members = members.as_ref().map(|members| {
        quote! {
            #[automatically_derived]
            impl __engine::WrittenObject for #of {
                #[allow(unused_variables)]
                fn write_members<__M: __engine::SerializeMap>(
                    &self,
                    members: &mut __engine::MemberWriter<__M>,
                ) -> ::core::result::Result<(), __M::Error> {
                    #members
                    ::core::result::Result::Ok(())
                }
            }
        }
    });
    quote! {
        #members

        #[automatically_derived]
        impl __engine::Written for #of {
            fn write<__S: __engine::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #write
            }
        }

        #[automatically_derived]
        impl __engine::Serialize for #of {
            fn serialize<__S: __engine::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                __engine::Written::write(self, serializer)
            }
        }
    }
}

fn deserialize(twin: impl ToTokens, words: &Words) -> TokenStream {
    let read = &words.read;
    quote! {
        #[automatically_derived]
        impl<'__de> __engine::Deserialize<'__de> for #twin {
            fn deserialize<__D: __engine::Deserializer<'__de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                #read
            }
        }
    }
}

fn object(owner: &Owner<'_>, data: &DataStruct) -> Words {
    let constants = &owner.attributes.constants;
    let constants = constants.iter().map(|(name, text)| quote!(members.part(#name, #text)?;));
    let (mut members, mut rest) = (constants.collect::<Vec<_>>(), None);
    for (place, field, of) in with_attributes(&data.fields) {
        let here = Span::call_site().located_at(field.ty.span());
        if of.is_skipped {
            continue;
        }
        if of.is_rest {
            rest = Some(quote_spanned!(here=> members.rest(&self.#place)?;));
            continue;
        }
        if of.is_flattened {
            members.push(quote_spanned!(here=> members.flattened(&self.#place)?;));
            continue;
        }
        let Some(own) = &field.ident else { continue };
        let name = name(own, of.name.as_ref(), owner.attributes.case, Case::of_field);
        members.push(quote_spanned!(here=> members.part(#name, &self.#place)?;));
    }
    of_object(owner, quote!(#(#members)* #rest))
}

/// An object with these members.
fn of_object(owner: &Owner<'_>, members: TokenStream) -> Words {
    let view = owner.with(quote!('static));
    Words {
        members: Some(members),
        write: quote!(__engine::write_object(self, serializer)),
        read: quote!(__engine::read_document::<#view, _, _>(deserializer)),
    }
}

/// An object with a tag, which comes first, and the members of the variant.
fn tagged(owner: &Owner<'_>, tag: &LitStr, data: &DataEnum) -> Words {
    let OfType { case, content, .. } = &owner.attributes;
    let arms = data.variants.iter().map(|variant| {
        let of = OfVariant::read(&variant.attrs, true, &mut Errors::default());
        let ident = &variant.ident;
        let name = name(ident, of.name.as_ref(), *case, Case::of_variant);
        let (held, members) = match (&variant.fields, content) {
            (Fields::Unit, _) => (None, None),
            (_, Some(content)) => {
                (Some(quote!((__inside))), Some(quote!(members.part(#content, __inside)?;)))
            }
            (_, None) => (Some(quote!((__inside))), Some(quote!(members.flattened(__inside)?;))),
        };
        quote!(Self::#ident #held => { members.part(#tag, #name)?; #members })
    });
    let arms = quote!(#(#arms)*);
    of_object(owner, quote!(match self { #arms }))
}

/// An enum of documents.
fn document(owner: &Owner<'_>, data: &DataEnum) -> Words {
    let view = owner.with(quote!('static));
    Words {
        members: None,
        write: write_inside(data),
        read: quote!(__engine::read_document::<#view, _, _>(deserializer)),
    }
}

/// An untagged enum.
fn untagged(owner: &Owner<'_>, data: &DataEnum) -> Words {
    let lifetime = owner.lifetime.map(|_| quote!(<'static>));
    Words {
        members: None,
        write: write_inside(data),
        read: quote! {
            __engine::read_alone::<__Alone #lifetime, _, _>(
                deserializer,
                |__alone| __engine::IntoOwned::into_owned(__alone.value),
            )
        },
    }
}

/// Writes what the variant holds, or `null`.
fn write_inside(data: &DataEnum) -> TokenStream {
    let arms = data.variants.iter().map(|variant| {
        let ident = &variant.ident;
        match variant.fields {
            Fields::Unit => {
                quote!(Self::#ident => __engine::Serializer::serialize_unit(serializer))
            }
            _ => quote!(Self::#ident(__inside) => __engine::Written::write(__inside, serializer)),
        }
    });
    quote!(match self { #(#arms,)* })
}

/// A document with one nameless member, which is an enum that is not a document itself. The twin is read through it.
fn alone(owner: &Owner<'_>) -> TokenStream {
    let (of, lifetime) = (owner.with(quote!('__a)), owner.lifetime.map(|_| quote!(<'__a>)));
    let input: DeriveInput = parse_quote! {
        struct __Alone #lifetime {
            #[view(rename = "")]
            value: #of,
        }
    };
    let Data::Struct(data) = &input.data else { return TokenStream::new() };
    let alone = Owner {
        input: &input,
        lifetime: input.generics.lifetimes().next().map(|parameter| &parameter.lifetime),
        attributes: OfType::default(),
    };
    // It cannot have errors.
    let derived = structs::derive(&alone, data, Errors::default()).unwrap_or_default();
    quote! {
        #[derive(Clone, Copy, Debug, PartialEq)]
        struct __Alone #lifetime {
            value: #of,
        }

        const _: () = {
            #derived
        };
    }
}

fn choice(owner: &Owner<'_>, data: &DataEnum) -> Words {
    let (mut arms, mut names, mut values) = (vec![], vec![], vec![]);
    let mut other = quote!(::core::option::Option::None);
    for variant in &data.variants {
        let of = OfVariant::read(&variant.attrs, false, &mut Errors::default());
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            arms.push(quote!(Self::#ident(__text) => &**__text,));
            if of.is_other {
                other = quote!(::core::option::Option::Some(Self::#ident));
            }
            continue;
        }
        let name = name(ident, of.name.as_ref(), owner.attributes.case, Case::of_variant);
        arms.push(quote!(Self::#ident => #name,));
        for name in [name].into_iter().chain(of.aliases) {
            names.push(name);
            values.push(ident);
        }
    }
    Words {
        members: None,
        write: quote!(__engine::Written::write(match self { #(#arms)* }, serializer)),
        read: quote! {
            __engine::read_choice(deserializer, &[#(#names),*], &[#(Self::#values),*], #other)
        },
    }
}
