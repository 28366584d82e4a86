//! `#[derive(View)]`: turns a struct or an enum into a view that JSON values are written into in place.
//!
//! The derive generates a description (names, places and types), not parsing code. The engine writes every view: it
//! starts from a copy of an empty view, and nobody can see the view before the document is complete.
//!
//! `attributes` reads `#[view(...)]` and `#[serde(...)]`. `names` converts the case of names. `types` rejects field
//! types that nothing can be written into. `structs`, `enums`, `tagged`, `untagged`, `texts` and `documents` generate
//! the implementations. `owned` and `sparse` declare the twins. `written` generates the serde implementations for all
//! of them, and `columns` those by which views are put into columns.

mod attributes;
mod columns;
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

/// Makes a type that documents are read into: a struct with named fields, an enum of texts, or an enum of values that a
/// tag or their first byte tells apart.
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
/// A struct, or an enum with a `tag`, becomes the view of an object. A parser can read documents of this type. Fields
/// may have these types, where `'a` is the one lifetime of the struct:
///
/// | type | value |
/// |---|---|
/// | `&'a str`, `bool` | a string, or `true` and `false` |
/// | `i8` to `i128`, `u8` to `u128` | an integer, however it is written: `10`, `10.0` or `1e1` |
/// | `f32`, `f64` | a number |
/// | `RawJson<'a>` | anything, as it is written |
/// | a type with `#[derive(View)]` | an object, a text of an enum, or a value of an `untagged` enum |
/// | `&'a [T]` | an array |
/// | `[T; N]` | an array of exactly `N` items |
/// | `&'a [(&'a str, T)]` | an object with any member names, in the order of the document; a name may occur twice |
/// | `Option<T>` | the same as `T`, or `null`; such a field may also be absent |
/// | `Presence<T>` | the same as `Option<T>`, and tells the cases apart: absent, `null` or a value |
///
/// A struct with one text field holds texts of a format, and a function says which texts are valid. As in JSON Schema,
/// a format is only an annotation by default. `Options::formats` turns the check on. Then a text that the function does
/// not accept is `ErrorKind::InvalidFormat`, and `format` is what the error message says was expected:
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
/// An enum with a `tag` is an object that may be one of several variants. The text of the tag member selects the
/// variant. The other members are those of the struct that the variant holds. With `content`, what the variant holds is
/// the value of one other member instead, and may have any of the types above:
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
/// Put the tag first where you can: such an object is learned like a struct. If other members come before the tag, the
/// parser searches for the tag each time and reads those members twice. If such objects are nested, the inner members
/// are read once more for each enclosing object of this sort; there are at most as many of these as the types nest. A
/// syntax error before a late tag is reported before any other error. In the table of a parser, each variant has its
/// own members: with `flatten`, the members of the surrounding struct count once for each variant. A parser whose table
/// has more than 4,096 members, or 254 lists, cannot be made: making it panics.
///
/// An `untagged` enum is one of several values of different JSON types. The first byte of a value selects the variant,
/// so at most one variant can hold each of these: strings, numbers, `true` and `false`, objects, arrays, and `null`.
/// `null` is a variant without a field:
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
/// An `untagged` enum is part of a view, not a document of its own. Its objects and arrays are learned like any others.
/// For a string, number or literal in it, what was learned covers the text up to where the value begins; reading the
/// value then takes a little longer than for a field of one type.
///
/// Types cannot be recursive, because the engine must know the nesting of a document in advance. Keep recursive parts
/// as `RawJson`. If a type contains itself, evaluation at compile time would not end, and the compiler reports a cycle:
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
/// A view borrows from the document and the arena. `owned = "..."` also declares its **owned twin**, which borrows
/// nothing: `&'a str` becomes `Box<str>`, `&'a [T]` becomes a boxed slice, and a type that has an owned twin becomes
/// that twin. The view gets a method `into_owned` and implements the trait `gapwise::IntoOwned`. Skipped fields are not
/// part of the twin. A type without a lifetime is its own twin. Docs are copied without their examples.
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
/// `sparse = "..."` declares another view, the **sparse twin**, for documents of which only some members were requested
/// (JSON:API, sparse fieldsets). A member that the view requires becomes an `Option` in the twin: it may be absent, but
/// still not `null`. `always` keeps a member required in the twin. `sparse = "..."` on a field gives the field another
/// type in the twin, usually a sparse twin itself; if the member is absent, the field is an object without members.
/// Fields that may be absent anyway, skipped fields and the `rest` field stay as they are. A flattened field needs one
/// of the two: `always`, or the type in which its members are optional.
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
/// With `serde`, the view and its owned twin implement `Serialize`, and the owned twin implements `Deserialize`; see
/// `gapwise::Parser::seed` for an example. What is written can be read again: members in the order of their
/// declaration, under their names, with constants, and without absent members; members kept by `rest` come last. A tag
/// comes before what it selects; a tag that was read as `other` is written as the name of that variant. Raw JSON is
/// written as the value that it is. Attributes of serde that concern writing are ignored. A document is read by a
/// parser, just as it would be from text; formats are not checked. All types of the parts must have `serde`, too. This
/// needs the feature `serde` of `gapwise`; to make it depend on a feature of your own, write `#[cfg_attr(feature =
/// "...", view(serde))]`.
///
/// With `columns`, views become columns of a table; see `gapwise::columns::Columnar` for an example. A struct is a row
/// of a table, or one value of a column in another table. Its sparse twin has `columns`, too. All types of the parts
/// must have `columns`. Enums with a `tag` and `untagged` enums have none: keep the value as `RawJson`, or convert it
/// to a struct. The field for `rest` is a column of maps, under its own name.
///
/// # Attributes
///
/// Attributes stand in `#[view(...)]`, or in `#[serde(...)]` where they mean the same there. Attributes of serde that
/// only concern writing are ignored. All other attributes are errors.
///
/// Of a struct or an enum:
///
/// - `crate = "..."`: the path to the engine, if it comes from a package that re-exports it: `#[view(crate =
///   "that::gapwise")]`. The default is `::gapwise`. This and the following are for `#[view(...)]` only:
/// - `owned = "..."`: the name of the owned twin; `owned_derive(...)`: what owned twins derive in addition to `Clone`,
///   `Debug` and `PartialEq`;
/// - `serde`: serde writes the type, and reads its owned twin;
/// - `columns`: the type can be put into columns. Of an enum, this is only for enums of texts. Those without a variant
///   for other texts are stored as indices, and have no more than 127 variants.
///
/// Of a struct:
///
/// - `rename_all = "..."`: the case of the names of all members, with the names that serde has for cases;
/// - `deny_unknown_fields`: a member that the struct does not name is an error;
/// - `constant("name", "text")`, any number of times: the document must have a member of this name, and its value must
///   be this text. It is checked, and is not part of the view. It is for `#[view(...)]` only;
/// - `sparse = "..."`: the name of the sparse twin; `sparse_owned = "..."`: the name of the owned twin of the sparse
///   twin; `sparse_derive(...)`: what the sparse twin derives in addition to `Clone`, `Copy`, `Debug` and `PartialEq`.
///   They are for `#[view(...)]` only.
///
/// Of a field:
///
/// - `rename = "..."`: the name of the member;
/// - `alias = "..."`, any number of times: another name that the member may have. The member may come once, under any
///   of its names: a second one is a duplicate;
/// - `default`: the member may be absent, and the field is then empty: `0`, `false`, `""`, no items, an object without
///   members, or an array `[T; N]` of numbers, texts or lists; raw JSON is then `null`. Not possible for an enum, an
///   object with required members, or an array of objects or of `Option`s;
/// - `flatten`: the members of this field are members of the surrounding object. The field is a struct with
///   `#[derive(View)]`, which may have flattened fields itself, or an enum with a `tag`. It is always there, so it
///   cannot be an `Option` or have `default`; its members can. No name may occur twice, neither struct may have
///   `deny_unknown_fields`, and the inner one may not have `rest`;
/// - `not_null`, for an `Option`: the member may be absent, but not `null`. It is for `#[view(...)]` only;
/// - `or_text`: an `i64`, `Option<i64>` or `Presence<i64>` may also be written as a text of digits and nothing else. It
///   is for `#[view(...)]` only;
/// - `rest`: the field is `&'a [(&'a str, RawJson<'a>)]`, and keeps all members that the struct does not name, in the
///   order of the document. The options and the drift do not count these as unknown. A name that the struct does not
///   have may occur twice. It is for `#[view(...)]` only; serde has `flatten` on a map for this;
/// - `skip`: the field is not a member. Whatever the document says, it is `()`, `None`, `Absent`, `0`, `false`, `""` or
///   empty;
/// - `always`: the sparse twin requires the member, too; `sparse = "..."`: the type of the field there, with the
///   lifetime of the struct;
/// - `owned = "..."`: the type of the field in the owned twin; `sparse_owned = "..."`: its type in the owned twin of
///   the sparse twin. Use them if the docs should show that type: for a type that is not in the table above, they show
///   `Owned<Kind<'static>>` otherwise. These three are for `#[view(...)]` only.
///
/// Of a struct of one text, `format = "..."` and `check = path::to::function`, for `#[view(...)]` only.
///
/// Of an enum, `rename_all`; of a variant, `rename` and `alias`. Without a tag, variants have no fields. The exception
/// is one variant that may be `#[view(other)] Other(&'a str)`: it keeps a text that is none of the others, up to 65,535
/// bytes as written. Without that variant, another text is an error. With `#[view(unknown)]` instead of `other`, it is
/// an error unless `Options::unknown_variants` says to keep it.
///
/// Of an enum of objects:
///
/// - `tag = "..."`: the name of the member that selects the variant. A variant is `Variant`, for which all other
///   members are unknown; or `Variant(Struct<'a>)`, with a struct with `#[derive(View)]`, no member of which may have
///   the name of the tag. A struct with one text field, or an enum with a tag of its own, cannot stand there: use
///   `content` for it, or make it a field. One variant may be `#[view(other)] Other`: it stands for all other tags;
/// - `content = "..."`, in addition to `tag`: the name of the member whose value the variant holds. For a variant that
///   holds nothing, that member is `null` or absent. For `other` it may be anything, and is skipped;
/// - `deny_unknown_fields`, with `content`: a member that is neither is an error. Without `content`, put it on the
///   structs.
///
/// Of an enum whose variants the first byte tells apart, `untagged`. A variant is `Variant(T)`, with any type of the
/// table above except `RawJson`, `Option`, `Presence` and another `untagged` enum; one variant may be `Variant`. Its
/// variants have no attributes, and the enum has none but `owned`, `owned_derive`, `serde` and `crate`. It cannot be
/// flattened, and has no `default`.
///
/// An enum with a tag may be flattened into a struct if it has no `deny_unknown_fields`, its variants have no `rest`,
/// and no other enum with a tag is flattened into that object.
///
/// # Differences from serde
///
/// - An array is not accepted for an object, nor an object with one member for a variant of an enum.
/// - `&'a [u8]` is an array of integers, not a text.
/// - `&'a str` accepts texts with escapes, too: they are unescaped into the arena.
/// - `default` does not use the `Default` of a type.
/// - With `tag` and `content`, if the tag is read as `other`, the content may be anything; serde requires `null`.
/// - For an `untagged` enum, the first byte selects the variant, whatever is wrong with the value then; serde tries all
///   variants in turn. An integer that is too large for its variant is an error for both.
/// - A tag is a text. Inside an object with a tag, or in a flattened struct, serde also accepts the number of a
///   variant.
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
    let (written, columns) = (written::derive(&owner), columns::derive(&owner)?);
    let owned::Twin { declared, made } = owned;
    let engine = owner.engine();
    Ok(quote! {
        #declared

        const _: () = {
            use #engine::__private as __engine;
            #derived
            #made
            #written
            #columns
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
