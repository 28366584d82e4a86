//! `#[derive(View)]`: a struct or an enum that values of a JSON document are written into in place.
//!
//! What is derived is a list of names, places and types, and no code that runs: the engine writes every view. It begins
//! as a copy of an empty one, and nobody sees it before the document has come to its end.
//!
//! `attributes` reads what stands in `#[view(...)]` and `#[serde(...)]`, `names` has the cases of names, `types`
//! refuses fields that nothing can be written into, `structs`, `enums`, `tagged`, `untagged`, `texts` and `documents` write
//! what is derived. `owned` and `sparse` declare twins, and `written` says how serde writes and reads all of them.

mod attributes;
mod documents;
mod enums;
mod errors;
mod names;
mod owned;
mod owner;
mod sparse;
mod structs;
mod tagged;
mod texts;
mod types;
mod untagged;
mod written;

use attributes::OfType;
use errors::Errors;
use owner::Owner;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, GenericParam, Lifetime, parse_macro_input};

/// Makes a struct with named fields, an enum of texts, or an enum of values that a tag or the first byte tells apart, one that
/// documents are read into.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(rename_all = "camelCase")]
/// struct Event<'a> {
///     id: &'a str,
///     #[view(rename = "type")]
///     kind: Kind<'a>,
///     actor_id: Option<u64>,
///     #[view(default)]
///     tags: &'a [&'a str],
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// enum Kind<'a> {
///     PushEvent,
///     #[view(other)]
///     Other(&'a str),
/// }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Event>::new();
/// let event = parser.parse(br#"{"id":"1","type":"PushEvent","tags":["a"]}"#, &arena)?;
/// assert_eq!(event, &Event { id: "1", kind: Kind::PushEvent, actor_id: None, tags: &["a"] });
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// A struct, or an enum with a `tag`, becomes the view of an object, and a document that a parser can be of. Fields are of
/// these types, where `'a` is its one lifetime:
///
/// | type | value |
/// |---|---|
/// | `&'a str`, `bool` | what it says |
/// | `i8` to `i128`, `u8` to `u128` | an integer, however it is written: `10`, `10.0` or `1e1` |
/// | `f32`, `f64` | a number |
/// | `RawJson<'a>` | anything, as it is written |
/// | a type with `#[derive(View)]` | an object, one of the texts of an enum without a tag, or one of the values of an `untagged` one |
/// | `&'a [T]` | an array |
/// | `[T; N]` | an array of so many items |
/// | `&'a [(&'a str, T)]` | an object whose members have any names, in the order of the document; a name may stand twice |
/// | `Option<T>` | the same, or `null`; as a field, it may be absent, too |
/// | `Presence<T>` | the same, and which of them it is: absent, `null` or a value |
///
/// A struct of one text is one that a function admits. As in JSON Schema, a format is an annotation, unless the options of the
/// parser say that it is checked: `Options::formats`. Then a text that the function does not admit is
/// `ErrorKind::InvalidFormat`, and `format` is what the error says was expected:
///
/// ```
/// use gapwise::{Arena, ErrorKind, Formats, Options, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Brush<'a> {
///     color: Color<'a>,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(format = "a color", check = Color::is_one)]
/// struct Color<'a>(&'a str);
///
/// impl Color<'_> {
///     fn is_one(text: &str) -> bool {
///         text.len() == 7 && text.starts_with('#')
///     }
/// }
///
/// let arena = Arena::new();
/// let mut parser = Options::new().formats(Formats::Check).parser::<Brush>();
/// assert_eq!(parser.parse(br##"{"color":"#00ff00"}"##, &arena)?.color, Color("#00ff00"));
/// let error = parser.parse(br#"{"color":"green"}"#, &arena).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidFormat);
/// assert_eq!(error.message(), r#"expected a color, found "green""#);
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// An enum with a `tag` is an object that may be one of several: the text of that member says of which variant it is. Its other
/// members are those of the struct that the variant holds; or, if there is `content`, one other member is what the variant
/// holds, of any of the types above:
///
/// ```
/// use gapwise::{Arena, ErrorKind, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(tag = "kind", rename_all = "lowercase")]
/// enum Actor<'a> {
///     User(User<'a>),
///     Nobody,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct User<'a> {
///     login: &'a str,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(tag = "type", content = "payload")]
/// enum Event<'a> {
///     #[view(rename = "PushEvent")]
///     Push(Push<'a>),
///     #[view(rename = "NoteEvent")]
///     Note(&'a str),
///     #[view(other)]
///     Other,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Push<'a> {
///     head: &'a str,
///     size: u32,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Delivery<'a> {
///     id: &'a str,
///     #[view(flatten)]
///     event: Event<'a>,
///     actor: Actor<'a>,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Delivery>::new();
/// let text = r#"{"id":"1","type":"PushEvent","actor":{"kind":"user","login":"ann"},"payload":{"head":"main","size":2}}"#;
/// let delivery = parser.parse(text.as_bytes(), &arena)?;
/// assert_eq!(delivery.event, Event::Push(Push { head: "main", size: 2 }));
/// assert_eq!(delivery.actor, Actor::User(User { login: "ann" }));
/// let text = r#"{"type":"WatchEvent","id":"2","actor":{"kind":"nobody"}}"#;
/// assert_eq!(parser.parse(text.as_bytes(), &arena)?.event, Event::Other);
/// let text = r#"{"type":"WatchEvent","id":"3","actor":{"kind":"robot"}}"#;
/// let error = parser.parse(text.as_bytes(), &arena).unwrap_err();
/// assert_eq!((error.kind(), error.pointer()), (ErrorKind::NotInEnum, "/actor/kind"));
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// It is fastest where the tag comes first: all that follows is learned as it is of a struct. Where other members come before
/// it, it is looked for each time, which goes over them twice; what stands in such objects is gone over once more for each that
/// is around it, and of those there are no more than the types have inside one another. What is wrong in the syntax before a
/// late tag is found before anything else. In a table, a variant has members of its own: with `flatten`, those of the struct
/// around it count once for each variant. A parser whose table has more than 4,096 members, or 254 lists, cannot be made: that
/// panics.
///
/// An `untagged` enum is one of several values that are written in different ways. The first byte of a value tells which
/// variant it is, so that each of these is of one variant at most: texts, numbers, `true` and `false`, objects, arrays, and `null`,
/// which a variant without a field is:
///
/// ```
/// use gapwise::{Arena, ErrorKind, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(untagged)]
/// enum Author<'a> {
///     Id(u64),
///     Name(&'a str),
///     Person(Person<'a>),
///     Several(&'a [&'a str]),
///     Nobody,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Person<'a> {
///     name: &'a str,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Book<'a> {
///     author: Author<'a>,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Book>::new();
/// for (text, author) in [
///     (r#"{"author":7}"#, Author::Id(7)),
///     (r#"{"author":"ann"}"#, Author::Name("ann")),
///     (r#"{"author":{"name":"ann"}}"#, Author::Person(Person { name: "ann" })),
///     (r#"{"author":["ann","bob"]}"#, Author::Several(&["ann", "bob"])),
///     (r#"{"author":null}"#, Author::Nobody),
/// ] {
///     assert_eq!(parser.parse(text.as_bytes(), &arena)?.author, author);
/// }
/// let error = parser.parse(br#"{"author":true}"#, &arena).unwrap_err();
/// assert_eq!((error.kind(), error.pointer()), (ErrorKind::WrongType, "/author"));
/// assert_eq!(
///     error.message(),
///     "expected an integer, a string, an object, an array or null, found true",
/// );
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// It is a part of a view, and no document by itself. Its objects and arrays are learned as others are. A text, a number or a word
/// in it is compared with what was learned up to where it begins, and then takes a little longer than one that is always of the
/// same type.
///
/// Types cannot recurse, for the engine knows the nesting of a document beforehand: what does is kept as `RawJson`. Where one
/// is inside another, what is evaluated at compile time has no end:
///
/// ```compile_fail,E0391
/// use gapwise::View;
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct One<'a> {
///     others: &'a [Other<'a>],
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Other<'a> {
///     ones: &'a [One<'a>],
/// }
/// ```
///
/// # Twins
///
/// A view borrows from the document and the arena. `owned = "..."` declares its **owned twin** beside it, which does not:
/// `&'a str` is `Box<str>` there, `&'a [T]` a boxed slice, and what has an owned twin itself is that. The view gets a method
/// `into_owned`, and the trait `gapwise::IntoOwned`. What is skipped is no part of the twin; a type without a lifetime is its
/// own. Docs are copied, all but examples.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(owned = "OwnedEvent", owned_derive(Eq, Hash))]
/// struct Event<'a> {
///     id: &'a str,
///     tags: &'a [&'a str],
///     kind: Option<Kind<'a>>,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(owned = "OwnedKind", owned_derive(Eq, Hash))]
/// enum Kind<'a> {
///     Push,
///     #[view(other)]
///     Other(&'a str),
/// }
///
/// fn load(json: &[u8]) -> Result<OwnedEvent, gapwise::Error> {
///     let arena = Arena::new();
///     Ok(Parser::<Event>::new().parse(json, &arena)?.into_owned())
/// }
///
/// let event = load(br#"{"id":"1","tags":["a"],"kind":"fork"}"#)?;
/// let (id, tags) = ("1".into(), ["a".into()].into());
/// assert_eq!(event, OwnedEvent { id, tags, kind: Some(OwnedKind::Other("fork".into())) });
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// `sparse = "..."` declares another view, the **sparse twin**, for documents of which only some members were asked for (JSON:API,
/// sparse fieldsets): what is required in the view is an `Option` in the twin: it may be absent, and is still not `null`. `always` has a member
/// required there as well; with `sparse = "..."` on a field, its type is another one, mostly a sparse twin itself, which is an
/// object without members where the member is absent. What may be absent anyway, and what is skipped or kept by `rest` stays
/// as it is. A flattened field needs one of the two: `always`, or the type that its members are optional in.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(sparse = "SparseArticle", constant("type", "articles"))]
/// struct Article<'a> {
///     #[view(always)]
///     id: &'a str,
///     #[view(sparse = "SparseAttributes<'a>")]
///     attributes: Attributes<'a>,
/// }
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(sparse = "SparseAttributes")]
/// struct Attributes<'a> {
///     title: &'a str,
///     words: u32,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<SparseArticle>::new();
/// let article = parser.parse(br#"{"type":"articles","id":"1","attributes":{"words":3}}"#, &arena)?;
/// assert_eq!(article.attributes, SparseAttributes { title: None, words: Some(3) });
/// assert_eq!(parser.parse(br#"{"type":"articles","id":"2"}"#, &arena)?.attributes.words, None);
/// let error = parser.parse(br#"{"type":"articles"}"#, &arena).unwrap_err();
/// assert_eq!(error.pointer(), "/id");
/// # Ok::<(), gapwise::Error>(())
/// ```
///
/// With `serde`, the view and its owned twin are `Serialize`, and the owned twin is `Deserialize`: `gapwise::Parser::seed` has an
/// example. Written is what would be read again: members in the order of their declaration, by their names, without those that
/// are absent, with constants, and those that `rest` keeps behind all others. A tag comes before what it tells of; for tags
/// that are one `other` variant, it is the name of that. Raw JSON is written as the value that it is. What attributes
/// of serde say of writing is passed over. A document is read by a parser, as it would be as text; of a text, no format is
/// checked. All types of the parts must have it, too. It needs the feature `serde` of `gapwise`; where that is a matter of a
/// feature, it is `#[cfg_attr(feature = "...", view(serde))]`.
///
/// # Attributes
///
/// They stand in `#[view(...)]`, or in `#[serde(...)]` where they mean the same there. Those of serde that only say how
/// to write are passed over, and all others are refused.
///
/// Of a struct or an enum:
///
/// - `crate = "..."`: where the engine is, for those who have it from a package that re-exports it:
///   `#[view(crate = "that::gapwise")]`. Otherwise it is `::gapwise`. It is for `#[view(...)]` only, as are these:
/// - `owned = "..."`: the name of its owned twin; `owned_derive(...)`: what owned twins derive beyond `Clone`, `Debug` and
///   `PartialEq`;
/// - `serde`: serde writes it, and reads its owned twin.
///
/// Of a struct:
///
/// - `rename_all = "..."`: the case of the names of all members, as serde has them;
/// - `deny_unknown_fields`: a member that is not named is an error;
/// - `constant("name", "text")`, as often as need be: a member of this name must be there, and is always this text. It is
///   checked, and no part of the view. It is for `#[view(...)]` only;
/// - `sparse = "..."`: the name of its sparse twin; `sparse_owned = "..."`: that of the owned twin of that; `sparse_derive(...)`: what
///   the sparse twin derives beyond `Clone`, `Copy`, `Debug` and `PartialEq`. They are for `#[view(...)]` only.
///
/// Of a field:
///
/// - `rename = "..."`: the name of the member;
/// - `alias = "..."`, as often as need be: another name that it may have. It stands once, under whichever name: a second one
///   is a duplicate;
/// - `default`: the member may be absent, and is empty then: `0`, `false`, `""`, no items, an object without members, an array
///   `[T; N]` of numbers, texts or lists, and raw JSON is `null`. It cannot be an enum, nor an object with members that must be there, nor an array of
///   objects or of `Option`s;
/// - `flatten`: it is a struct with `#[derive(View)]`, or an enum with a `tag`, whose members are members of this object. It may itself have flattened
///   fields. It is always there, and so it is no `Option` and has no `default`: its members may be, and have. No name may stand
///   twice, neither struct may have `deny_unknown_fields`, and the inner one no `rest`;
/// - `not_null`: of an `Option`, that the member may be absent, but not `null`. It is for `#[view(...)]` only;
/// - `or_text`: an `i64`, `Option<i64>` or `Presence<i64>` may be written as a text of digits, and of nothing else, instead. It is
///   for `#[view(...)]` only;
/// - `rest`: it is `&'a [(&'a str, RawJson<'a>)]`, and keeps all members that are not named, in the order of the document. To the
///   options and to the drift they are not unknown. A name that is not one of the struct may stand twice. It is for
///   `#[view(...)]` only, where serde has `flatten` at a map;
/// - `skip`: it is no member, and `()`, `None`, `Absent`, `0`, `false`, `""` or empty, whatever the document says;
/// - `always`: the sparse twin requires it, too; `sparse = "..."`: its type there, with the lifetime of the struct;
/// - `owned = "..."`: its type in the owned twin, and `sparse_owned = "..."` in that of the sparse twin, where docs are to say which:
///   otherwise, they have `Owned<Kind<'static>>` for a type that is none of the table above. These three are for
///   `#[view(...)]` only.
///
/// Of a struct of one text, `format = "..."` and `check = path::to::function`, for `#[view(...)]` only.
///
/// Of an enum, `rename_all`; and of a variant, `rename` and `alias`. Without a tag, a variant has no fields, but for one, which
/// may be `#[view(other)] Other(&'a str)`: it keeps what is none of the others, up to 65,535 bytes as they are written. Without
/// it, that is an error. With `#[view(unknown)]` instead, it is an error unless `Options::unknown_variants` has it kept.
///
/// Of an enum of objects:
///
/// - `tag = "..."`: the name of the member that says of which variant the object is. A variant is `Variant`, and all other
///   members are unknown ones; or `Variant(Struct<'a>)`, with a struct with `#[derive(View)]`, of which no member may have the
///   name of the tag. A struct of texts, or an enum with a tag of its own, is no such one: give it a `content`, or a field. One variant may be
///   `#[view(other)] Other`: it stands for all other tags;
/// - `content = "..."`, beside `tag`: the name of the member that is what the variant holds. For a variant that holds nothing it is
///   `null` or absent, and for `other` it may be anything, and is passed over;
/// - `deny_unknown_fields`, with `content`: a member that is neither is an error. Without `content` it is for the structs.
///
/// Of an enum that the first byte tells apart, `untagged`. A variant is `Variant(T)`, with any type of the table above but
/// `RawJson`, `Option`, `Presence` and another `untagged` enum; one may be `Variant`. It has no attributes, and the enum none
/// but `owned`, `owned_derive`, `serde` and `crate`. It cannot be flattened, and has no `default`.
///
/// An enum with a tag may be flattened into a struct, if it has no `deny_unknown_fields`, its variants have no `rest`, and it is the only
/// one with a tag in that object.
///
/// # What serde does and this does not
///
/// - An array is no object, and an object with one member is no variant of an enum.
/// - `&'a [u8]` is an array of integers, not a text.
/// - `&'a str` takes texts with escapes, too: they stand in the arena then.
/// - `default` heeds no `Default` of a type.
/// - With `tag` and `content`, what is told by a tag that is `other` may be anything; to serde it must be `null`.
/// - Of an `untagged` enum, the first byte chooses the variant, whatever is wrong with the value then; serde tries all of them
///   in turn. An integer that is too large for its variant is an error to both.
/// - A tag is a text. Inside an object with a tag or in a struct that is flattened, serde takes the number of a variant, too.
#[proc_macro_derive(View, attributes(view, serde))]
pub fn view(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let lifetime = lifetime(input)?;
    let mut errors = Errors::default();
    let is_enum = matches!(input.data, Data::Enum(_));
    let attributes = OfType::read(&input.attrs, is_enum, &mut errors);
    let owner = Owner { input, lifetime, attributes };
    let derived = match &input.data {
        Data::Struct(data) if owner.attributes.is_text() => texts::derive(&owner, data, errors)?,
        Data::Struct(data) => structs::derive(&owner, data, errors)?,
        Data::Enum(data) if owner.attributes.is_untagged => untagged::derive(&owner, data, errors)?,
        Data::Enum(data) => match (&owner.attributes.told_by, &owner.attributes.tag) {
            (Some(told_by), _) => documents::derive(&owner, told_by, data, errors)?,
            (None, Some(tag)) => tagged::derive(&owner, tag, data, errors)?,
            (None, None) => enums::derive(&owner, data, errors)?,
        },
        Data::Union(data) => {
            let message = "`View` is for structs and enums: nobody knows what is in a union";
            return Err(syn::Error::new(data.union_token.span, message));
        }
    };
    let (owned, sparse) = (owned::derive(&owner)?, sparse::derive(&owner)?);
    let written = written::derive(&owner);
    let owned::Twin { declared, made } = owned;
    let engine = owner.engine();
    Ok(quote! {
        #declared

        const _: () = {
            use #engine::__private as __engine;
            #derived
            #made
            #written
        };

        #sparse
    })
}

/// The one lifetime of a type, if it has one.
fn lifetime(input: &DeriveInput) -> syn::Result<Option<&Lifetime>> {
    let mut found = None;
    for parameter in &input.generics.params {
        match parameter {
            GenericParam::Lifetime(parameter) if found.is_none() => found = Some(parameter),
            GenericParam::Lifetime(parameter) => {
                let message =
                    "a view has one lifetime at most: all of it is borrowed from the same document";
                return Err(syn::Error::new_spanned(parameter, message));
            }
            GenericParam::Type(parameter) => {
                let message = "a view has no type parameters: name the type that is read";
                return Err(syn::Error::new_spanned(parameter, message));
            }
            GenericParam::Const(parameter) => {
                return Err(syn::Error::new_spanned(parameter, "a view has no const parameters"));
            }
        }
    }
    let Some(parameter) = found else { return Ok(None) };
    if let Some(bound) = parameter.bounds.first() {
        return Err(syn::Error::new_spanned(bound, "the lifetime of a view has no bounds"));
    }
    if let Some(clause) = &input.generics.where_clause {
        return Err(syn::Error::new_spanned(clause, "the lifetime of a view has no bounds"));
    }
    Ok(Some(&parameter.lifetime))
}
