//! Types of fields that nothing can be written into, with what to use instead.
//!
//! Types that cannot be told by name are found by the compiler: they do not implement the traits of the engine.

use crate::owner::Owner;
use syn::spanned::Spanned as _;
use syn::{GenericArgument, Lifetime, Path, PathArguments, Type, TypeTuple};

const TEXT: &str = "borrow the text: `&'a str`";
const ITEMS: &str = "borrow the items: `&'a [T]`";
const SIZE: &str = "say of what size: `u32`, `i64`, ...";
const KEYS: &str = "members that have any names are a list of pairs: `&'a [(&'a str, T)]`";
const BORROWED: &str = "name what is in it: a view owns nothing";

/// Well-known types, with what to use instead.
const REFUSED: &[(&str, &str)] = &[
    ("Arc", BORROWED),
    ("BTreeMap", KEYS),
    ("BTreeSet", ITEMS),
    ("Box", BORROWED),
    ("Cow", "borrow it: `&'a str` or `&'a [T]`; text with escapes stands in the arena"),
    ("HashMap", KEYS),
    ("HashSet", ITEMS),
    ("Rc", BORROWED),
    ("String", TEXT),
    ("Vec", ITEMS),
    ("VecDeque", ITEMS),
    ("char", TEXT),
    ("isize", SIZE),
    ("str", TEXT),
    ("usize", SIZE),
];

/// Refuses a type that cannot be part of the view of its owner.
pub(crate) fn check(of: &Type, owner: &Owner<'_>) -> syn::Result<()> {
    let refuse = |message: &str| Err(syn::Error::new(of.span(), message));
    match of {
        Type::Group(group) => check(&group.elem, owner),
        Type::Paren(inside) => check(&inside.elem, owner),
        Type::Path(named) => check_path(&named.path, owner),
        Type::Reference(reference) => {
            if let Some(lifetime) = &reference.lifetime {
                check_lifetime(lifetime)?;
            }
            if reference.mutability.is_some() {
                return refuse("a view is only read: `&'a str` or `&'a [T]`");
            }
            match ungrouped(&reference.elem) {
                Type::Slice(slice) => match ungrouped(&slice.elem) {
                    Type::Tuple(pair) => check_pair(pair, owner),
                    item => check(item, owner),
                },
                Type::Path(named) if named.path.is_ident("str") => Ok(()),
                other => {
                    check(other, owner)?;
                    refuse("what is borrowed is a text or a list: `&'a str` or `&'a [T]`")
                }
            }
        }
        Type::Array(array) => check(&array.elem, owner),
        Type::Slice(_) => refuse(ITEMS),
        Type::Tuple(_) => {
            refuse("a document has no tuples: derive for a struct, or `#[view(skip)]`")
        }
        // What the macro expands to is not known here.
        Type::Macro(_) => Ok(()),
        _ => refuse("no value of a document is of such a type"),
    }
}

/// Refuses a pair that is not a name and a value.
fn check_pair(pair: &TypeTuple, owner: &Owner<'_>) -> syn::Result<()> {
    let is_text = |of: &Type| match ungrouped(of) {
        Type::Reference(text) => {
            matches!(ungrouped(&text.elem), Type::Path(named) if named.path.is_ident("str"))
        }
        // What it means is not known here.
        other => matches!(other, Type::Path(_) | Type::Macro(_)),
    };
    match pair.elems.iter().collect::<Vec<_>>()[..] {
        [name, value] if is_text(name) => {
            check(name, owner)?;
            check(value, owner)
        }
        _ => {
            let message =
                "a document has no tuples, but members that have any names: `&'a [(&'a str, T)]`";
            Err(syn::Error::new_spanned(pair, message))
        }
    }
}

/// Refuses a type that is known to have no members of its own.
pub(crate) fn check_flattened(of: &Type) -> syn::Result<()> {
    let refuse = |message: &str| Err(syn::Error::new(of.span(), message));
    match ungrouped(of) {
        Type::Path(named) => match named.path.segments.last() {
            Some(last) if last.ident == "Option" => refuse(
                "what is flattened is always there: flatten the struct, and make its members `Option`s",
            ),
            _ => Ok(()),
        },
        Type::Macro(_) => Ok(()),
        _ => refuse(
            "what is flattened is a struct with `#[derive(View)]`; members that are not named are kept by `#[view(rest)]`",
        ),
    }
}

/// Refuses a type whose values cannot be told by their first byte.
pub(crate) fn check_alternative(of: &Type) -> syn::Result<()> {
    let Some(name) = named(of) else { return Ok(()) };
    let message = match &*name.to_string() {
        "RawJson" => {
            "raw JSON may begin with any byte, so the first byte cannot select this variant"
        }
        "Option" | "Presence" => {
            "a variant without a field stands for `null`; if the whole value may be absent, make the field that holds the enum an `Option`"
        }
        _ => return Ok(()),
    };
    Err(syn::Error::new(of.span(), message))
}

/// Whether the type is named `Option`.
pub(crate) fn is_option(of: &Type) -> bool {
    named(of).is_some_and(|name| name == "Option")
}

/// The last segment of the path, if the type has one.
pub(crate) fn named(of: &Type) -> Option<&syn::Ident> {
    match ungrouped(of) {
        Type::Path(named) => named.path.segments.last().map(|last| &last.ident),
        _ => None,
    }
}

fn ungrouped(of: &Type) -> &Type {
    match of {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(inside) => ungrouped(&inside.elem),
        other => other,
    }
}

fn check_path(path: &Path, owner: &Owner<'_>) -> syn::Result<()> {
    let Some(last) = path.segments.last() else { return Ok(()) };
    if path.is_ident("Self") || path.segments.len() == 1 && last.ident == owner.input.ident {
        let message = format!(
            "`{}` is inside itself, but the nesting of a document must be known: keep what is inside as `RawJson<'a>`",
            owner.input.ident,
        );
        return Err(syn::Error::new_spanned(path, message));
    }
    if let Some((_, instead)) = REFUSED.iter().find(|(name, _)| last.ident == name) {
        return Err(syn::Error::new_spanned(path, instead));
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Ok(()) };
    for argument in &arguments.args {
        match argument {
            GenericArgument::Type(inside) => check(inside, owner)?,
            GenericArgument::Lifetime(lifetime) => check_lifetime(lifetime)?,
            _ => {}
        }
    }
    Ok(())
}

fn check_lifetime(lifetime: &Lifetime) -> syn::Result<()> {
    if lifetime.ident != "static" {
        return Ok(());
    }
    let message = "what is read lives no longer than the document: give the type a lifetime, `'a`";
    Err(syn::Error::new_spanned(lifetime, message))
}
