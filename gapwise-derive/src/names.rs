//! The names of members and variants, and the cases that serde knows.

use crate::errors::Errors;
use proc_macro2::Span;
use std::collections::BTreeMap;
use syn::ext::IdentExt as _;
use syn::{Ident, LitStr};

/// A case that all names of a type are converted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    const NAMES: [(&str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    pub(crate) fn of(name: &LitStr) -> syn::Result<Self> {
        let text = name.value();
        let found = Self::NAMES.iter().find(|(name, _)| *name == text);
        found.map(|&(_, case)| case).ok_or_else(|| {
            let names: Vec<_> = Self::NAMES.iter().map(|(name, _)| format!("`{name}`")).collect();
            syn::Error::new(name.span(), format!("unknown case: there are {}", names.join(", ")))
        })
    }

    /// The name of a field, converted from snake case.
    pub(crate) fn of_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => {
                let mut is_first = true;
                let mut name = String::new();
                for c in field.chars() {
                    if c == '_' {
                        is_first = true;
                    } else {
                        name.push(if is_first { c.to_ascii_uppercase() } else { c });
                        is_first = false;
                    }
                }
                name
            }
            Self::Camel => first_lower(&Self::Pascal.of_field(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.of_field(field).replace('_', "-"),
        }
    }

    /// The name of a variant, converted from Pascal case.
    pub(crate) fn of_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => first_lower(variant),
            Self::Snake => {
                let mut name = String::new();
                for (at, c) in variant.char_indices() {
                    if at > 0 && c.is_uppercase() {
                        name.push('_');
                    }
                    name.push(c.to_ascii_lowercase());
                }
                name
            }
            Self::ScreamingSnake => Self::Snake.of_variant(variant).to_ascii_uppercase(),
            Self::Kebab => Self::Snake.of_variant(variant).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.of_variant(variant).replace('_', "-"),
        }
    }
}

fn first_lower(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

/// The name in documents: the given one, or the name of the field or variant in the case of the type.
pub(crate) fn name(
    own: &Ident,
    given: Option<&LitStr>,
    case: Option<Case>,
    in_case: fn(Case, &str) -> String,
) -> LitStr {
    if let Some(given) = given {
        return given.clone();
    }
    let text = own.unraw().to_string();
    LitStr::new(&case.map_or(text.clone(), |case| in_case(case, &text)), own.span())
}

/// Whether a document can only contain this text with escapes.
pub(crate) fn needs_escapes(text: &LitStr) -> bool {
    text.value().chars().any(|c| c < ' ' || matches!(c, '"' | '\\'))
}

/// Adds an error for each name that has occurred before.
pub(crate) fn no_name_twice<'n>(names: impl Iterator<Item = &'n LitStr>, errors: &mut Errors) {
    let mut before: BTreeMap<String, Span> = BTreeMap::new();
    for name in names {
        if before.insert(name.value(), name.span()).is_some() {
            let message = format!("the name {:?} is used twice", name.value());
            errors.add(syn::Error::new(name.span(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_serde_has() {
        // From serde's own tests.
        for (field, names) in [
            ("outcome", "outcome OUTCOME Outcome outcome outcome OUTCOME outcome OUTCOME"),
            (
                "very_tasty",
                "very_tasty VERY_TASTY VeryTasty veryTasty very_tasty VERY_TASTY very-tasty VERY-TASTY",
            ),
            ("a", "a A A a a A a A"),
            ("z42", "z42 Z42 Z42 z42 z42 Z42 z42 Z42"),
            ("_x__y", "_x__y _X__Y XY xY _x__y _X__Y -x--y -X--Y"),
        ] {
            let found = Case::NAMES.map(|(_, case)| case.of_field(field));
            assert_eq!(found.join(" "), names);
        }
        for (variant, names) in [
            ("Outcome", "outcome OUTCOME Outcome outcome outcome OUTCOME outcome OUTCOME"),
            (
                "VeryTasty",
                "verytasty VERYTASTY VeryTasty veryTasty very_tasty VERY_TASTY very-tasty VERY-TASTY",
            ),
            ("A", "a A A a a A a A"),
            ("Z42", "z42 Z42 Z42 z42 z42 Z42 z42 Z42"),
        ] {
            let found = Case::NAMES.map(|(_, case)| case.of_variant(variant));
            assert_eq!(found.join(" "), names);
        }
    }
}
