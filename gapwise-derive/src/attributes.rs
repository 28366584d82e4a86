//! Reads `#[view(...)]` and `#[serde(...)]`.
//!
//! Nothing that changes the meaning of a document is ignored: an attribute is supported, or it is an error.

use crate::errors::Errors;
use crate::names::Case;
use proc_macro2::{Span, TokenStream};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Ident, LitStr, Path, Token, Type, parenthesized, token};

/// The attributes of a type.
#[derive(Default)]
pub(crate) struct OfType {
    /// The path to the engine, if it is not the default.
    pub(crate) engine: Option<Path>,
    pub(crate) case: Option<Case>,
    pub(crate) is_closed: bool,
    /// The names of the tag and of the content member.
    pub(crate) tag: Option<LitStr>,
    pub(crate) content: Option<LitStr>,
    /// Whether the first byte of the value tells which variant it is.
    pub(crate) is_untagged: bool,
    /// The format of a text in words, and the function that checks it.
    pub(crate) format: Option<LitStr>,
    pub(crate) check: Option<Path>,
    /// The names of the twins, and what they derive in addition to what all of them derive.
    pub(crate) owned: Option<Ident>,
    pub(crate) owned_derive: Option<Vec<Path>>,
    pub(crate) sparse: Option<Ident>,
    pub(crate) sparse_derive: Option<Vec<Path>>,
    pub(crate) sparse_owned: Option<Ident>,
    /// Where `serde` stands.
    pub(crate) serde: Option<Span>,
    /// Where `columns` stands.
    pub(crate) columns: Option<Span>,
    /// The members that must have a certain text: their names and texts.
    pub(crate) constants: Vec<(LitStr, LitStr)>,
    /// The function that tells whether a bad document is of another kind, and the one that selects the variant of a
    /// document.
    pub(crate) another_kind: Option<Path>,
    pub(crate) told_by: Option<Path>,
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct OfField {
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) has_default: bool,
    pub(crate) is_skipped: bool,
    pub(crate) is_flattened: bool,
    /// Where `not_null` stands.
    pub(crate) not_null: Option<Span>,
    pub(crate) is_or_text: bool,
    pub(crate) is_rest: bool,
    /// Its types in the twins, and whether the sparse twin requires it.
    pub(crate) owned: Option<Type>,
    pub(crate) sparse: Option<Type>,
    pub(crate) sparse_owned: Option<Type>,
    pub(crate) always: Option<Span>,
}

/// The attributes of a variant.
#[derive(Default)]
pub(crate) struct OfVariant {
    pub(crate) name: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) is_other: bool,
    /// The variant also keeps other texts, if the options say to keep them.
    pub(crate) is_unknown: bool,
}

/// Attributes of serde that do not concern reading: they say how to write, which traits are needed, or what errors say.
const OF_OTHERS: &[&str] = &[
    "borrow",
    "bound",
    "crate",
    "expecting",
    "getter",
    "into",
    "serialize_with",
    "skip_serializing",
    "skip_serializing_if",
];

/// Attributes that change the meaning of a document and are not supported, with what to do instead.
const REFUSED: &[(&str, &str)] = &[
    ("content", "it is for an enum"),
    ("default", "put it on each field that may be absent"),
    ("deserialize_with", CONVERT_FIELD),
    ("from", CONVERT),
    (
        "other",
        "it is `#[view(other)]` on a variant that keeps the text, `Other(&'a str)`, or in an enum with a `tag`",
    ),
    ("remote", "derive for the type where it is declared"),
    ("rename_all_fields", "variants have no fields of their own"),
    ("skip", "take the variant away, or give it a name that does not occur"),
    ("skip_deserializing", "take the variant away, or give it a name that does not occur"),
    (
        "tag",
        "it is for an enum; for a member that is always the same, use `#[view(constant(\"kind\", \"...\"))]`",
    ),
    ("transparent", "name the type that is inside"),
    ("try_from", CONVERT),
    ("untagged", "it is for a whole enum"),
    ("with", CONVERT_FIELD),
];

const OF_STRUCTS: &str = "`rename_all`, `constant`, `deny_unknown_fields`, `format`, `check`, `owned`, `owned_derive`, `sparse`, \
                          `sparse_derive`, `sparse_owned`, `serde`, `columns` and `crate`";

const OF_FIELDS: &str = "`rename`, `alias`, `default`, `not_null`, `skip`, `flatten`, `or_text`, `rest`, `always`, `owned`, `sparse` and \
                         `sparse_owned`";

const OF_ENUMS: &str = "`rename_all`, `tag`, `content`, `untagged`, `deny_unknown_fields`, `owned`, `owned_derive`, `serde`, `columns` and `crate`";

const CONVERT_FIELD: &str = "values are kept as they are written: convert them where they are used; and a `Presence<T>` tells \
                             `null` from what is absent";

const CONVERT: &str = "values are kept as they are written: convert them where they are used";

impl OfType {
    /// Whether the type is a checked text, not an object.
    pub(crate) fn is_text(&self) -> bool {
        self.format.is_some() || self.check.is_some()
    }

    pub(crate) fn read(attributes: &[Attribute], is_enum: bool, errors: &mut Errors) -> Self {
        let mut found = Self::default();
        each(attributes, errors, |meta, is_serde| match () {
            // serde's `crate` is the path to serde, so only that of `view` counts.
            () if meta.path.is_ident("crate") && !is_serde => {
                let path: LitStr = meta.value()?.parse()?;
                set(&mut found.engine, path.parse_with(Path::parse_mod_style)?, meta)
            }
            () if meta.path.is_ident("rename_all") => {
                let Some(name) = name_to_read(meta)? else { return Ok(()) };
                set(&mut found.case, Case::of(&name)?, meta)
            }
            () if meta.path.is_ident("deny_unknown_fields") => set_flag(&mut found.is_closed, meta),
            () if meta.path.is_ident("tag") && is_enum => {
                set(&mut found.tag, meta.value()?.parse()?, meta)
            }
            () if meta.path.is_ident("content") && is_enum => {
                set(&mut found.content, meta.value()?.parse()?, meta)
            }
            () if meta.path.is_ident("untagged") && is_enum => {
                set_flag(&mut found.is_untagged, meta)
            }
            () if meta.path.is_ident("format") && !is_serde && !is_enum => {
                set(&mut found.format, meta.value()?.parse()?, meta)
            }
            () if meta.path.is_ident("check") && !is_serde && !is_enum => {
                set(&mut found.check, meta.value()?.call(Path::parse_mod_style)?, meta)
            }
            () if meta.path.is_ident("owned") && !is_serde => name_of_type(&mut found.owned, meta),
            () if meta.path.is_ident("owned_derive") && !is_serde => {
                derives(&mut found.owned_derive, meta)
            }
            () if meta.path.is_ident("sparse") && !is_serde && !is_enum => {
                name_of_type(&mut found.sparse, meta)
            }
            () if meta.path.is_ident("sparse_derive") && !is_serde && !is_enum => {
                derives(&mut found.sparse_derive, meta)
            }
            () if meta.path.is_ident("sparse_owned") && !is_serde && !is_enum => {
                name_of_type(&mut found.sparse_owned, meta)
            }
            () if meta.path.is_ident("serde") && !is_serde => {
                set(&mut found.serde, meta.path.span(), meta)
            }
            () if meta.path.is_ident("columns") && !is_serde => {
                set(&mut found.columns, meta.path.span(), meta)
            }
            () if meta.path.is_ident("constant") && !is_serde && !is_enum => {
                found.constants.push(name_and_text(meta)?);
                Ok(())
            }
            // For packages that declare several kinds of documents.
            () if meta.path.is_ident("another_kind") && !is_serde => {
                set(&mut found.another_kind, meta.value()?.call(Path::parse_mod_style)?, meta)
            }
            () if meta.path.is_ident("told_by") && !is_serde && is_enum => {
                set(&mut found.told_by, meta.value()?.call(Path::parse_mod_style)?, meta)
            }
            // The name of the type does not occur in documents.
            () if meta.path.is_ident("rename") && is_serde => pass_over(meta),
            () => other(meta, is_serde, if is_enum { OF_ENUMS } else { OF_STRUCTS }),
        });
        if let (None, Some(content), false) = (&found.tag, &found.content, found.is_untagged) {
            let message = "`content` needs a tag: `tag = \"...\"`";
            errors.add(syn::Error::new(content.span(), message));
        }
        found
    }
}

impl OfField {
    /// Whether there are no attributes.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { name, aliases, is_or_text, is_rest, .. } = self;
        let Self { has_default, is_skipped, is_flattened, .. } = self;
        let flags = [has_default, is_skipped, is_flattened, is_or_text, is_rest];
        let types = [&self.owned, &self.sparse, &self.sparse_owned];
        name.is_none()
            && aliases.is_empty()
            && self.not_null.is_none()
            && types.iter().all(|of| of.is_none())
            && self.always.is_none()
            && flags.iter().all(|flag| !**flag)
    }

    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut found = Self::default();
        each(attributes, errors, |meta, is_serde| match () {
            () if meta.path.is_ident("rename") => rename(&mut found.name, meta),
            () if meta.path.is_ident("alias") => alias(&mut found.aliases, meta),
            () if meta.path.is_ident("default") => {
                if meta.input.peek(Token![=]) {
                    return Err(meta.error(
                        "`default` has no function here: without it, the value is empty; or make the field an `Option`",
                    ));
                }
                set_flag(&mut found.has_default, meta)
            }
            () if meta.path.is_ident("skip")
                || meta.path.is_ident("skip_deserializing") && is_serde =>
            {
                set_flag(&mut found.is_skipped, meta)
            }
            () if meta.path.is_ident("flatten") => set_flag(&mut found.is_flattened, meta),
            () if meta.path.is_ident("not_null") && !is_serde => {
                set(&mut found.not_null, meta.path.span(), meta)
            }
            () if meta.path.is_ident("rest") && !is_serde => set_flag(&mut found.is_rest, meta),
            () if meta.path.is_ident("or_text") && !is_serde => {
                set_flag(&mut found.is_or_text, meta)
            }
            () if meta.path.is_ident("always") && !is_serde => {
                set(&mut found.always, meta.path.span(), meta)
            }
            () if meta.path.is_ident("owned") && !is_serde => type_of(&mut found.owned, meta),
            () if meta.path.is_ident("sparse") && !is_serde => type_of(&mut found.sparse, meta),
            () if meta.path.is_ident("sparse_owned") && !is_serde => {
                type_of(&mut found.sparse_owned, meta)
            }
            () => other(meta, is_serde, OF_FIELDS),
        });
        found
    }
}

impl OfVariant {
    /// Reads the attributes of a variant. `is_tagged` says whether its enum has a tag.
    pub(crate) fn read(attributes: &[Attribute], is_tagged: bool, errors: &mut Errors) -> Self {
        let mut found = Self::default();
        each(attributes, errors, |meta, is_serde| match () {
            () if meta.path.is_ident("rename") => rename(&mut found.name, meta),
            () if meta.path.is_ident("alias") => alias(&mut found.aliases, meta),
            () if meta.path.is_ident("other") && (!is_serde || is_tagged) => {
                set_flag(&mut found.is_other, meta)
            }
            () if meta.path.is_ident("unknown") && !is_serde && !is_tagged => {
                set_flag(&mut found.is_unknown, meta)
            }
            () if is_tagged => other(meta, is_serde, "`rename`, `alias` and `other`"),
            () => other(meta, is_serde, "`rename`, `alias`, `other` and `unknown`"),
        });
        found
    }
}

/// Calls `read` for each attribute, with whether it stands in `#[serde(...)]`.
fn each(
    attributes: &[Attribute],
    errors: &mut Errors,
    mut read: impl FnMut(&ParseNestedMeta<'_>, bool) -> syn::Result<()>,
) {
    for attribute in attributes {
        let is_serde = attribute.path().is_ident("serde");
        if is_serde || attribute.path().is_ident("view") {
            errors.sift(attribute.parse_nested_meta(|meta| read(&meta, is_serde)));
        }
    }
}

/// Handles an attribute that does not belong here: ignores it, or makes an error that lists the `known` ones.
fn other(meta: &ParseNestedMeta<'_>, is_serde: bool, known: &str) -> syn::Result<()> {
    let is = |name: &str| meta.path.is_ident(name);
    if is_serde && OF_OTHERS.iter().any(|name| is(name)) {
        return pass_over(meta);
    }
    let Some((name, instead)) = REFUSED.iter().find(|(name, _)| is(name)) else {
        return Err(meta.error(format!("`View` knows no such attribute here: there are {known}")));
    };
    Err(meta.error(format!("`{name}` is not supported: {instead}")))
}

fn set<T>(place: &mut Option<T>, value: T, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(meta.error("this attribute is given twice")),
    }
}

fn set_flag(place: &mut bool, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    match std::mem::replace(place, true) {
        false => Ok(()),
        true => Err(meta.error("this attribute is given twice")),
    }
}

fn rename(place: &mut Option<LitStr>, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    match name_to_read(meta)? {
        Some(name) => set(place, name, meta),
        None => Ok(()),
    }
}

/// Reads the name of a type to be declared.
fn name_of_type(place: &mut Option<Ident>, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    let name: LitStr = meta.value()?.parse()?;
    set(place, name.parse()?, meta)
}

/// Reads a type.
fn type_of(place: &mut Option<Type>, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    let of: LitStr = meta.value()?.parse()?;
    set(place, of.parse()?, meta)
}

/// Reads a constant: the name of the member, and its text.
fn name_and_text(meta: &ParseNestedMeta<'_>) -> syn::Result<(LitStr, LitStr)> {
    if !meta.input.peek(token::Paren) {
        return Err(meta.error("it is `constant(\"name\", \"text\")`"));
    }
    let inside;
    parenthesized!(inside in meta.input);
    let name = inside.parse()?;
    inside.parse::<Token![,]>()?;
    let text = inside.parse()?;
    match inside.is_empty() {
        true => Ok((name, text)),
        false => Err(inside.error("it is `constant(\"name\", \"text\")`")),
    }
}

/// Reads what a twin derives.
fn derives(place: &mut Option<Vec<Path>>, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    let mut paths = vec![];
    meta.parse_nested_meta(|inner| {
        paths.push(inner.path);
        Ok(())
    })?;
    set(place, paths, meta)
}

/// Reads one more name.
fn alias(names: &mut Vec<LitStr>, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    names.push(meta.value()?.parse()?);
    Ok(())
}

/// Reads the name in `rename = "..."` or `rename(deserialize = "...")`, if there is one.
fn name_to_read(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<LitStr>> {
    if !meta.input.peek(token::Paren) {
        return Ok(Some(meta.value()?.parse()?));
    }
    let mut found = None;
    meta.parse_nested_meta(|inner| match inner.path.is_ident("deserialize") {
        true => set(&mut found, inner.value()?.parse()?, &inner),
        false if inner.path.is_ident("serialize") => pass_over(&inner),
        false => Err(inner.error("there are `deserialize` and `serialize`")),
    })?;
    Ok(found)
}

/// Skips the value of an attribute.
fn pass_over(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Expr>()?;
    } else if meta.input.peek(token::Paren) {
        let inside;
        parenthesized!(inside in meta.input);
        inside.parse::<TokenStream>()?;
    }
    Ok(())
}
