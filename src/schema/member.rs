//! The schema as it is declared: members, and the values that they have.

use std::mem::MaybeUninit;

/// Memory as it is copied about: a word may be part of a pointer, or of nothing.
pub(super) type Word = MaybeUninit<usize>;

/// How many bytes a [`Word`] has.
pub(super) const WORD: usize = size_of::<Word>();

/// Where views stand there is a multiple of so many bytes before them: as many as any part of one may ask for.
pub(super) const ALIGNMENT: usize = 8;

/// How many words the views of a document may need, with what is written nowhere.
pub(super) const ROOM: usize = 1024 / WORD;

/// Copies some words, of which there are few.
///
/// # Safety
///
/// There is room for as many.
#[inline(always)]
#[allow(unsafe_code)]
pub(super) unsafe fn copy_few(words: &[Word], place: *mut Word) {
    match *words {
        // SAFETY: the caller's promise.
        [first, second] => unsafe { place.cast::<[Word; 2]>().write([first, second]) },
        // SAFETY: the caller's promise.
        [first, second, third] => unsafe {
            place.cast::<[Word; 3]>().write([first, second, third])
        },
        // SAFETY: the caller's promise.
        _ => unsafe { place.copy_from_nonoverlapping(words.as_ptr(), words.len()) },
    }
}

/// A member of an object, and where in the view of that it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(super) name: &'static str,
    /// Whether it must be there.
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) value: Value,
    /// Where its part of the view begins, and where the value goes.
    pub(super) part: usize,
    pub(super) offset: usize,
    /// What the part becomes where there is no value.
    pub(super) none: Option<&'static [Word]>,
}

impl Member {
    /// A member that is always the same, and no part of the view.
    pub(super) const fn constant(name: &'static str, text: &'static str) -> Self {
        let value = Value::Constant(text);
        Self { name, required: true, nullable: false, value, part: 0, offset: 0, none: None }
    }
}

/// The value of a [`Member`]: the JSON Schema keywords that occur, `$ref`s resolved.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    /// `"type": "object"` with these `properties`.
    Object(&'static [Member]),
    /// `"type": "array"` whose `items` are resource identifiers of a type.
    List(&'static str),
    /// `"type": "array"` whose `items` are objects, each of which becomes a view.
    Items(&'static ItemView),
    /// `"type": "string"`.
    Text,
    /// `"type": "string"`, `"format": "date-time"`.
    Timestamp,
    /// `"type": "integer"`.
    Integer,
    /// `"type": "integer"`, or a text of digits instead.
    IntegerOrText,
    /// `"const"`.
    Constant(&'static str),
    /// `"enum"` of strings.
    OneOf(&'static Choices),
    /// Any JSON. Only for a member that may be `null`.
    Any,
}

/// The choices of an `enum` of strings, and what they become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices {
    pub(crate) names: &'static [&'static str],
    /// One value after another, each of so many words.
    pub(super) values: &'static [Word],
    pub(super) words: usize,
    /// Writes what another text becomes.
    pub(super) write_other: WriteOther,
}

impl Choices {
    #[inline(always)]
    pub(super) fn words(&self, choice: u8) -> &'static [Word] {
        &self.values[usize::from(choice) * self.words..][..self.words]
    }
}

/// # Safety
///
/// The place is one for a value of the type that the choices become.
pub(super) type WriteOther = for<'a> unsafe fn(place: *mut Word, text: &'a str);

/// Items of an array, each of which becomes a view.
#[derive(Clone, Copy, Debug)]
pub(super) struct ItemView {
    pub(super) members: &'static [Member],
    pub(super) empty: &'static [Word],
    /// Writes the slice of the views that some words are.
    pub(super) write_all: WriteAll,
}

/// # Safety
///
/// The words are views, one after another, and the place is one for a slice of them.
pub(super) type WriteAll = for<'a> unsafe fn(place: *mut Word, views: &'a [Word]);
