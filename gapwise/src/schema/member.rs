//! The schema as it is declared: members, and the values that they have.

use std::mem::MaybeUninit;
use std::slice;

/// Memory as it is copied about: a byte may be part of a pointer, or of nothing.
pub(crate) type Byte = MaybeUninit<u8>;

/// Where views stand there is a multiple of so many bytes before them: as many as any part of one may ask for.
pub(super) const ALIGNMENT: usize = 16;

/// No view has as many bytes.
pub(super) const MOST_BYTES: usize = 1 << 24;

/// Copies some bytes, of which there are few.
///
/// # Safety
///
/// There is room for as many.
#[inline(always)]
#[allow(unsafe_code)]
pub(super) unsafe fn copy_few(bytes: &[Byte], place: *mut Byte) {
    // Of a size that is known, they are copied without a call.
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
    // SAFETY: any bytes are a `Byte`, and the slice has as many.
    unsafe { slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values)) }
}

/// A member of an object, and where in the view of that it goes.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(super) name: &'static str,
    /// What else it may be called. It stands once, under whichever name.
    pub(super) aliases: &'static [&'static str],
    /// Whether it must be there.
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) value: Value,
    /// Where its part of the view begins, and where the value goes.
    pub(super) part: usize,
    pub(super) offset: usize,
    /// What the part becomes where there is no value.
    pub(super) none: Option<&'static [Byte]>,
    /// What it becomes where the value is `null`, if that is something else.
    pub(super) null: Option<&'static [Byte]>,
}

impl Member {
    /// Whether this is its name, or one of its aliases.
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

    /// A member that is always the same, and no part of the view.
    pub const fn constant(name: &'static str, text: &'static str) -> Self {
        let value = Value::Constant(text);
        let (aliases, required, nullable) = (&[], true, false);
        let (none, null) = (None, None);
        Self { name, aliases, required, nullable, value, part: 0, offset: 0, none, null }
    }

    /// A member that may be left out or `null`, and is nothing else, nor a part of the view.
    pub const fn null(name: &'static str) -> Self {
        let value = Value::Unread(Unread::Null);
        Self { required: false, nullable: true, value, ..Self::constant(name, "") }
    }

    /// A member that may be anything, or left out, and is no part of the view.
    pub const fn ignored(name: &'static str) -> Self {
        let value = Value::Unread(Unread::Any);
        Self { required: false, nullable: true, value, ..Self::constant(name, "") }
    }

    /// A tag that has been read before, from where its object begins.
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
    /// Whether there may be no others.
    pub(crate) is_closed: bool,
    /// Where all others are kept, if they are.
    pub(super) rest: Option<Rest>,
    /// If one of its members says what others there are, which, and where in the view that is what they become.
    pub(super) tag: Option<(&'static Tag, usize)>,
}

/// A member of an object whose text says what other members there are: the tag of an enum.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    pub(super) name: &'static str,
    /// What an enum is before a member of one of its variants has come, by the texts of the tag.
    pub(super) choices: Choices,
    /// Of each of these, which of the variants it is.
    pub(super) variant_of: &'static [u8],
    pub(super) variants: &'static [Variant],
}

/// A variant of an enum with a [`Tag`]: the members of the object other than that, and how far into the enum the view begins
/// that they are written into.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    pub(super) object: Object,
    pub(super) offset: usize,
}

impl Variant {
    /// With these members, which are of the enum itself, and others of which nothing is said.
    pub const fn new(members: &'static [Member]) -> Self {
        Self { object: Object::open(members), offset: 0 }
    }

    /// The same, where there may be no others.
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
    /// How the tag of an enum is called, by which texts it says what that is, the last value perhaps by all others; and
    /// which of the variants each value is.
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

/// An enum whose variants are told apart by the first byte of the value.
#[derive(Clone, Copy, Debug)]
pub struct Untagged {
    /// What it is before a value of each variant has come.
    pub(super) choices: Choices,
    pub(super) variants: &'static [Alternative],
}

/// A variant of an [`Untagged`] enum: what it holds, and where in the enum that is written. One that holds nothing is `null`.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    pub(super) held: Option<Value>,
    pub(super) offset: usize,
}

/// What the first byte of a value tells of it.
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
    /// How many there are.
    pub(super) const COUNT: usize = 6;

    /// That of a value that begins with a byte, if one does.
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
    /// One that is `null`.
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

    /// That no variant before this one begins like it.
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
    /// What each variant is before a value has come, and what it holds.
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

/// That no member of a variant has the name of the tag.
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

/// What all members become that are not named: a list of their names and values, at this offset of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    pub(super) list: &'static List,
    pub(super) offset: usize,
}

impl Object {
    /// With these members, and others of which nothing is said.
    pub(crate) const fn open(members: &'static [Member]) -> Self {
        Self { members, is_closed: false, rest: None, tag: None }
    }
}

/// The value of a [`Member`]: the JSON Schema keywords that occur, `$ref`s resolved.
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
    /// `"type": "integer"`, or a text of digits instead.
    IntegerOrText,
    /// `"type": "number"`, of a type other than `i64`.
    Number(Number),
    /// `"type": "boolean"`.
    Bool,
    /// `"const"`.
    Constant(&'static str),
    /// `"enum"` of strings.
    OneOf(&'static Choices),
    /// `"anyOf"` these, which all begin otherwise.
    Untagged(&'static Untagged),
    /// Any JSON. Only for a member that may be `null`.
    Any,
    /// What is checked, and becomes nothing.
    Unread(Unread),
}

/// A value that becomes nothing.
#[derive(Clone, Copy, Debug)]
pub enum Unread {
    /// Any text.
    Text,
    /// `null`.
    Null,
    /// Any JSON.
    Any,
}

/// What a text is to be like.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    name: &'static str,
    admits: fn(&str) -> bool,
}

impl Format {
    /// One that has this name in errors, and admits certain texts.
    pub const fn new(name: &'static str, admits: fn(&str) -> bool) -> Self {
        Self { name, admits }
    }

    /// What is expected, in the words of an error.
    pub(crate) const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether a text is one of them.
    pub(crate) fn admits(&self, text: &str) -> bool {
        (self.admits)(text)
    }
}

/// A type of numbers, other than `i64`.
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

/// A number of a document, as it is to be kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AnyNumber {
    Integer { is_negative: bool, magnitude: u128 },
    F32(f32),
    F64(f64),
}

/// A number of a document that is to be kept as some type.
pub(crate) trait AsNumber: Copy {
    /// As an integer of the type, if it is one and fits.
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

/// A value that is told at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShortValue {
    Number(ShortNumber),
    Bool(bool),
    Null,
}

/// A number of few digits, and without an exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShortNumber {
    pub(crate) is_negative: bool,
    /// All digits, as if there were no point. They are no more than [`MOST_DIGITS`](Self::MOST_DIGITS).
    pub(crate) digits: u64,
    /// How many of them stand behind the point, if there is one.
    pub(crate) fraction: Option<u8>,
}

impl ShortNumber {
    /// So many decimal digits are an exact `f64`, and so are the powers of ten by which they are divided.
    pub(crate) const MOST_DIGITS: usize = 15;
}

impl AsNumber for ShortNumber {
    #[inline(always)]
    fn integer<T: TryFrom<i64> + TryFrom<i128> + TryFrom<u128>>(self) -> Option<T> {
        let magnitude = self.digits as i64;
        let integer = if self.is_negative { -magnitude } else { magnitude };
        self.fraction.is_none().then(|| T::try_from(integer).ok()).flatten()
    }

    /// Its digits must be few enough for that.
    #[inline(always)]
    fn f32(self) -> Option<f32> {
        const TENS: [f32; 8] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
        let fraction = usize::from(self.fraction.unwrap_or(0));
        let value = self.digits as f32 / *TENS.get(fraction)?;
        (self.digits < 10_000_000).then_some(if self.is_negative { -value } else { value })
    }

    /// A division rounds once.
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

/// The choices of an `enum` of strings, and what they become.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    pub(super) names: &'static [&'static str],
    /// One value after another, each of so many bytes.
    pub(super) values: &'static [Byte],
    pub(super) size: usize,
    /// What becomes of another text.
    pub(super) others: Others,
}

/// What becomes of a text that is none of the [`Choices`]. If it is kept, a function writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Others {
    /// It is an error.
    Refused,
    /// It is kept if the caller of the parser says so.
    KeptIfWanted(WriteOther),
    /// It is kept.
    Kept(WriteOther),
    /// It is the last of the choices, which has no name.
    Last,
}

impl Others {
    /// What writes them, if there can be any.
    pub(super) const fn write(self) -> Option<WriteOther> {
        match self {
            Self::Refused | Self::Last => None,
            Self::KeptIfWanted(write) | Self::Kept(write) => Some(write),
        }
    }
}

impl Choices {
    /// What these names become, one after the other.
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
/// The place is one for a value of the type that the choices become.
pub(super) type WriteOther = for<'a> unsafe fn(place: *mut Byte, text: &'a str);

/// Items of an array, each of which becomes a value of one type; or members of an object that have any names, each of which
/// becomes its name and a value.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub(super) item: Value,
    /// If it is an object, where in the type of an item its name goes.
    pub(super) name: Option<usize>,
    /// Where in the type the part of an item begins that is its value, and where the value goes.
    pub(super) part: usize,
    pub(super) offset: usize,
    /// Makes an item in which no value has come.
    pub(super) empty: fn() -> &'static [Byte],
    /// What the part becomes where an item is `null`, if it may be.
    pub(super) none: Option<&'static [Byte]>,
    pub(super) becomes: Becomes,
}

/// What the items of a [`List`] become.
#[derive(Clone, Copy, Debug)]
pub(super) enum Becomes {
    /// A slice. The function writes that of the items that some bytes are.
    Slice(WriteAll),
    /// An array of exactly so many.
    Array(usize),
}

/// # Safety
///
/// The bytes are items, one after another, where such may stand, and the place is one for a slice of them.
pub(super) type WriteAll = for<'a> unsafe fn(place: *mut Byte, items: &'a [Byte]);
