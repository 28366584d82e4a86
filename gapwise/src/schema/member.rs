//! The schema as it is declared: members, and the values that they have.

use std::mem::MaybeUninit;
use std::slice;

/// A byte of memory that is copied. It may be part of a pointer, or uninitialised.
pub(crate) type Byte = MaybeUninit<u8>;

/// Views begin at a multiple of this many bytes. No part of a view may require more.
pub(super) const ALIGNMENT: usize = 16;

/// Every view has fewer bytes than this.
pub(super) const MOST_BYTES: usize = 1 << 24;

/// Copies a small number of bytes.
///
/// # Safety
///
/// There is room for that many bytes at `place`.
#[inline(always)]
#[allow(unsafe_code)]
pub(super) unsafe fn copy_few(bytes: &[Byte], place: *mut Byte) {
    // For a size that is known at compile time, no function call is needed.
    if let Ok(one) = <&[Byte; 8]>::try_from(bytes) {
        // SAFETY: the caller's promise.
        unsafe { place.cast::<[Byte; 8]>().write(*one) }
    } else if let Ok(two) = <&[Byte; 16]>::try_from(bytes) {
        // SAFETY: the caller's promise.
        unsafe { place.cast::<[Byte; 16]>().write(*two) }
    } else if let Ok(three) = <&[Byte; 24]>::try_from(bytes) {
        // SAFETY: the caller's promise.
        unsafe { place.cast::<[Byte; 24]>().write(*three) }
    } else {
        // SAFETY: the caller's promise.
        unsafe { place.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) }
    }
}

/// The bytes of some values.
#[allow(unsafe_code)]
pub(super) const fn bytes<T: Copy>(values: &'static [T]) -> &'static [Byte] {
    assert!(align_of::<T>() <= ALIGNMENT, "no view may ask for so much");
    // SAFETY: every byte is a valid `Byte`, and the slice has this many bytes.
    unsafe { slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
}

/// A member of an object, and where in the view of the object it goes.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(super) name: &'static str,
    /// Other names that the member may have. It may occur only once, under whichever name.
    pub(super) aliases: &'static [&'static str],
    /// Whether the member must be present.
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) value: Value,
    /// The offset of the member's part in the view, and the offset at which its value is written.
    pub(super) part: usize,
    pub(super) offset: usize,
    /// The bytes of the part if there is no value.
    pub(super) none: Option<&'static [Byte]>,
    /// The bytes of the part if the value is `null`, if they differ from `none`.
    pub(super) null: Option<&'static [Byte]>,
}

impl Member {
    /// Whether `name` is the name of the member, or one of its aliases.
    pub(super) const fn may_be_called(&self, name: &[u8]) -> bool {
        let mut at = 0;
        while at < self.aliases.len() {
            if are_equal(self.aliases[at].as_bytes(), name) {
                return true;
            }
            at += 1;
        }
        are_equal(self.name.as_bytes(), name)
    }

    /// A member that always has the same value, and is not part of the view.
    pub const fn constant(name: &'static str, text: &'static str) -> Self {
        let value = Value::Constant(text);
        let (aliases, required, nullable) = (&[], true, false);
        let (none, null) = (None, None);
        Self { name, aliases, required, nullable, value, part: 0, offset: 0, none, null }
    }

    /// A member that may only be absent or `null`, and is not part of the view.
    pub const fn null(name: &'static str) -> Self {
        let value = Value::Unread(Unread::Null);
        Self { required: false, nullable: true, value, ..Self::constant(name, "") }
    }

    /// A member that may be anything, or absent, and is not part of the view.
    pub const fn ignored(name: &'static str) -> Self {
        let value = Value::Unread(Unread::Any);
        Self { required: false, nullable: true, value, ..Self::constant(name, "") }
    }

    /// A tag whose string is already known. The object is then read from its beginning, including the tag.
    pub(super) const fn known_tag(name: &'static str) -> Self {
        Self { value: Value::Unread(Unread::Text), ..Self::constant(name, "") }
    }
}

const fn are_equal(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// The members of an object.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    pub(crate) members: &'static [Member],
    /// Whether other members are forbidden.
    pub(crate) is_closed: bool,
    /// Where all other members are kept, if they are.
    pub(super) rest: Option<Rest>,
    /// The member that decides which other members there are, if there is one, and the offset of its enum in the view.
    pub(super) tag: Option<(&'static Tag, usize)>,
}

/// The tag of an enum: a member of an object whose string decides which other members there are.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    pub(super) name: &'static str,
    /// For each string of the tag, the value of the enum before any member of the variant has been written.
    pub(super) choices: Choices,
    /// For each of these values, the number of its variant.
    pub(super) variant_of: &'static [u8],
    pub(super) variants: &'static [Variant],
}

/// A variant of an enum with a [`Tag`]: the other members of the object, and the offset in the enum of the view that
/// they are written into.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    pub(super) object: Object,
    pub(super) offset: usize,
}

impl Variant {
    /// A variant whose members are written into the enum itself. Other members are allowed.
    pub const fn new(members: &'static [Member]) -> Self {
        Self { object: Object::open(members), offset: 0 }
    }

    /// The same variant, but other members are forbidden.
    pub const fn closed(self) -> Self {
        Self { object: Object { is_closed: true, ..self.object }, ..self }
    }

    pub(super) const fn inside(object: Object, offset: usize) -> Self {
        assert!(
            object.tag.is_none(),
            "a tag beside a tag: say where the inner one stands, with `content`, or in a field of a struct"
        );
        Self { object, offset }
    }
}

impl Tag {
    /// The tag of an enum. Each of `texts` chooses one of `values`, by its number. If there is one more value, it
    /// stands for all other strings. `variant_of` is the number of the variant of each value.
    pub(super) const fn new<T: Copy>(
        name: &'static str,
        texts: &'static [&'static str],
        values: &'static [T],
        variant_of: &'static [u8],
        variants: &'static [Variant],
    ) -> Self {
        let others = if values.len() > texts.len() { Others::Last } else { Others::Refused };
        assert!(values.len() == variant_of.len(), "each value is a variant");
        let mut at = 0;
        while at < variants.len() {
            assert_has_not(name, variants[at].object.members);
            at += 1;
        }
        Self { name, choices: Choices::new(texts, values, others), variant_of, variants }
    }
}

/// An enum without a tag. The first byte of the value tells its variants apart.
#[derive(Clone, Copy, Debug)]
pub struct Untagged {
    /// For each variant, the value of the enum before a value has been written.
    pub(super) choices: Choices,
    pub(super) variants: &'static [Alternative],
}

/// A variant of an [`Untagged`] enum: the value that it holds, and where in the enum that is written. A variant that
/// holds nothing is `null`.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    pub(super) held: Option<Value>,
    pub(super) offset: usize,
}

/// What the first byte of a value tells about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Text,
    Number,
    Bool,
    Object,
    Array,
    Null,
}

impl Class {
    /// The number of classes.
    pub(super) const COUNT: usize = 6;

    /// The class of a value that begins with this byte, if a value can.
    pub(crate) const fn of(byte: u8) -> Option<Self> {
        Some(match byte {
            b'"' => Self::Text,
            b'-' | b'0'..=b'9' => Self::Number,
            b't' | b'f' => Self::Bool,
            b'{' => Self::Object,
            b'[' => Self::Array,
            b'n' => Self::Null,
            _ => return None,
        })
    }
}

impl Alternative {
    /// The variant that is `null`.
    pub const NULL: Self = Self { held: None, offset: 0 };

    pub(super) const fn class(&self) -> Class {
        match self.held {
            None => Class::Null,
            Some(Value::Text | Value::Formatted(_) | Value::OneOf(_)) => Class::Text,
            Some(Value::Integer | Value::Number(_)) => Class::Number,
            Some(Value::Bool) => Class::Bool,
            Some(Value::List(List { name: None, .. })) => Class::Array,
            Some(Value::Object(_) | Value::List(_)) => Class::Object,
            Some(Value::Any) => panic!("raw JSON begins with anything: no first byte tells of it"),
            Some(Value::Untagged(_)) => {
                panic!("an untagged enum inside another one: put its variants there")
            }
            Some(Value::IntegerOrText | Value::Constant(_) | Value::Unread(_)) => {
                panic!("no type is of such a value")
            }
        }
    }

    /// Asserts that no earlier variant has values of the same class.
    pub const fn begins_otherwise(all: &[Self], this: usize) {
        let mut at = 0;
        while at < this {
            match (all[this].class(), all[at].class()) {
                (Class::Text, Class::Text) => panic!("another variant is a text, too"),
                (Class::Number, Class::Number) => panic!("another variant is a number, too"),
                (Class::Bool, Class::Bool) => panic!("another variant is `true` or `false`, too"),
                (Class::Object, Class::Object) => panic!("another variant is an object, too"),
                (Class::Array, Class::Array) => panic!("another variant is an array, too"),
                (Class::Null, Class::Null) => panic!("another variant is `null`, too"),
                _ => at += 1,
            }
        }
    }
}

impl Untagged {
    /// An enum with these variants. `values` are the values of the enum before a value has been written.
    pub(super) const fn new<T: Copy>(
        values: &'static [T],
        variants: &'static [Alternative],
    ) -> Self {
        assert!(values.len() == variants.len(), "each value is a variant");
        assert!(!variants.is_empty(), "no value would be one of it");
        let (names, size): (&[&str], _) = (&[], size_of::<T>());
        let choices = Choices { names, values: bytes(values), size, others: Others::Refused };
        Self { choices, variants }
    }
}

/// Asserts that no member of a variant has the name of the tag.
const fn assert_has_not(name: &str, members: &[Member]) {
    let mut at = 0;
    while at < members.len() {
        assert!(
            !members[at].may_be_called(name.as_bytes()),
            "a member of a variant has the name of the tag"
        );
        at += 1;
    }
}

/// What all unnamed members become: a list of names and values, at this offset of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    pub(super) list: &'static List,
    pub(super) offset: usize,
}

impl Object {
    /// An object with these members. Other members are allowed.
    pub(crate) const fn open(members: &'static [Member]) -> Self {
        Self { members, is_closed: false, rest: None, tag: None }
    }
}

/// The value of a [`Member`], in terms of JSON Schema keywords, with `$ref`s resolved.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// `"type": "object"` with these `properties`.
    Object(Object),
    /// `"type": "array"`, whose `items` become a slice; or `"type": "object"`, whose `additionalProperties` do.
    List(&'static List),
    /// `"type": "string"`.
    Text,
    /// `"type": "string"`, `"format"`.
    Formatted(&'static Format),
    /// `"type": "integer"`.
    Integer,
    /// `"type": "integer"`, or a string of digits instead.
    IntegerOrText,
    /// `"type": "number"`, of a type other than `i64`.
    Number(Number),
    /// `"type": "boolean"`.
    Bool,
    /// `"const"`.
    Constant(&'static str),
    /// `"enum"` of strings.
    OneOf(&'static Choices),
    /// `"anyOf"` these, which are told apart by the first byte.
    Untagged(&'static Untagged),
    /// Any JSON. Only for a member that may be `null`.
    Any,
    /// A value that is checked, but not stored.
    Unread(Unread),
}

/// A value that is not stored.
#[derive(Clone, Copy, Debug)]
pub enum Unread {
    /// Any string.
    Text,
    /// `null`.
    Null,
    /// Any JSON.
    Any,
}

/// A format of strings.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    name: &'static str,
    admits: fn(&str) -> bool,
}

impl Format {
    /// A format with its name in errors, and a function that checks strings.
    pub const fn new(name: &'static str, admits: fn(&str) -> bool) -> Self {
        Self { name, admits }
    }

    /// The expected format, as an error calls it.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether a string has this format.
    pub(crate) fn admits(&self, text: &str) -> bool {
        (self.admits)(text)
    }
}

/// A type of numbers other than `i64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    I8,
    I16,
    I32,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
    F32,
    F64,
}

impl Number {
    /// The name of the type.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I128 => "i128",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::U128 => "u128",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }
}

/// A number of a document, in the form in which it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AnyNumber {
    Integer { is_negative: bool, magnitude: u128 },
    F32(f32),
    F64(f64),
}

/// A number of a document that can be converted to a type.
pub(crate) trait AsNumber: Copy {
    /// The number as an integer of the type, if it is an integer and fits.
    fn integer<T: TryFrom<i64> + TryFrom<i128> + TryFrom<u128>>(self) -> Option<T>;

    /// The nearest `f32`, if that is known.
    fn f32(self) -> Option<f32>;

    /// The nearest `f64`, if that is known.
    fn f64(self) -> Option<f64>;
}

impl AsNumber for AnyNumber {
    fn integer<T: TryFrom<i64> + TryFrom<i128> + TryFrom<u128>>(self) -> Option<T> {
        match self {
            Self::Integer { is_negative: false, magnitude } => magnitude.try_into().ok(),
            Self::Integer { magnitude, .. } => {
                0_i128.checked_sub_unsigned(magnitude)?.try_into().ok()
            }
            Self::F32(_) | Self::F64(_) => None,
        }
    }

    fn f32(self) -> Option<f32> {
        if let Self::F32(number) = self { Some(number) } else { None }
    }

    fn f64(self) -> Option<f64> {
        if let Self::F64(number) = self { Some(number) } else { None }
    }
}

/// A short value that can be read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShortValue {
    Number(ShortNumber),
    Bool(bool),
    Null,
}

/// A number with few digits and without an exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShortNumber {
    pub(crate) is_negative: bool,
    /// All digits, without the point. There are at most [`MOST_DIGITS`](Self::MOST_DIGITS).
    pub(crate) digits: u64,
    /// How many of them are after the point, if there is one.
    pub(crate) fraction: Option<u8>,
}

impl ShortNumber {
    /// This many decimal digits are an exact `f64`, and so are the powers of ten by which they are divided.
    pub(crate) const MOST_DIGITS: usize = 15;
}

impl AsNumber for ShortNumber {
    #[inline(always)]
    fn integer<T: TryFrom<i64> + TryFrom<i128> + TryFrom<u128>>(self) -> Option<T> {
        let magnitude = self.digits as i64;
        let integer = if self.is_negative { -magnitude } else { magnitude };
        self.fraction.is_none().then(|| T::try_from(integer).ok()).flatten()
    }

    /// Only if the digits are few enough to be exact.
    #[inline(always)]
    fn f32(self) -> Option<f32> {
        const TENS: [f32; 8] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
        let fraction = usize::from(self.fraction.unwrap_or(0));
        let value = self.digits as f32 / *TENS.get(fraction)?;
        (self.digits < 10_000_000).then_some(if self.is_negative { -value } else { value })
    }

    /// The result is correct, because a division rounds once.
    #[inline(always)]
    fn f64(self) -> Option<f64> {
        const TENS: [f64; 16] = {
            let mut tens = [1.0; 16];
            let mut at = 1;
            while at < tens.len() {
                tens[at] = tens[at - 1] * 10.0;
                at += 1;
            }
            tens
        };
        let value = self.digits as f64 / TENS[usize::from(self.fraction.unwrap_or(0)) % 16];
        Some(if self.is_negative { -value } else { value })
    }
}

/// What `true` and `false` become.
pub(super) static BOOLS: Choices =
    Choices::new(&["false", "true"], &[false, true], Others::Refused);

/// The choices of an `enum` of strings, and the values that they become.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    pub(super) names: &'static [&'static str],
    /// The bytes of the values, one after another; each has the same size.
    pub(super) values: &'static [Byte],
    pub(super) size: usize,
    /// What to do with other strings.
    pub(super) others: Others,
}

/// What to do with a string that is none of the [`Choices`]. If it is kept, a function writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Others {
    /// Refuse it: it is an error.
    Refused,
    /// Keep it if the options of the parser say so.
    KeptIfWanted(WriteOther),
    /// Keep it.
    Kept(WriteOther),
    /// Use the last of the choices, which has no name.
    Last,
}

impl Others {
    /// The function that writes other strings, if they can be kept.
    pub(super) const fn write(self) -> Option<WriteOther> {
        match self {
            Self::Refused | Self::Last => None,
            Self::KeptIfWanted(write) | Self::Kept(write) => Some(write),
        }
    }
}

impl Choices {
    /// The values that these names become, in the same order.
    pub(crate) const fn new<T: Copy>(
        names: &'static [&'static str],
        values: &'static [T],
        others: Others,
    ) -> Self {
        let unnamed = matches!(others, Others::Last) as usize;
        assert!(names.len() + unnamed == values.len(), "each name becomes a value");
        assert!(values.len() <= 1 << u8::BITS, "too many choices");
        Self { names, values: bytes(values), size: size_of::<T>(), others }
    }

    #[inline(always)]
    pub(super) fn bytes(&self, choice: u8) -> &'static [Byte] {
        &self.values[usize::from(choice) * self.size..][..self.size]
    }
}

/// # Safety
///
/// The place is one for a value of the type of the choices.
pub(super) type WriteOther = for<'a> unsafe fn(place: *mut Byte, text: &'a str);

/// Items of an array, each of which becomes a value of one type; or members of an object with arbitrary names, each of
/// which becomes a pair of its name and a value.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub(super) item: Value,
    /// For an object, the offset of the name in the type of an item.
    pub(super) name: Option<usize>,
    /// The offset of the value's part in the type of an item, and the offset at which the value is written.
    pub(super) part: usize,
    pub(super) offset: usize,
    /// Makes an item without a value.
    pub(super) empty: fn() -> &'static [Byte],
    /// The bytes of the part for an item that is `null`, if that is allowed.
    pub(super) none: Option<&'static [Byte]>,
    pub(super) becomes: Becomes,
}

/// What the items of a [`List`] become.
#[derive(Clone, Copy, Debug)]
pub(super) enum Becomes {
    /// A slice. The function converts the bytes of the items to a slice, and writes it.
    Slice(WriteAll),
    /// An array with exactly this many items.
    Array(usize),
}

/// # Safety
///
/// `items` are the bytes of whole items, one after another, and aligned for them. `place` is one for a slice of them.
pub(super) type WriteAll = for<'a> unsafe fn(place: *mut Byte, items: &'a [Byte]);
