//! A JSON pointer (RFC 6901) given by the caller.
//!
//! It is plain data that can be copied, because [`Options`](crate::Options) can be copied. The pointers of errors may
//! be of any length; `decode/locate` builds those.

use std::fmt;
use std::str::FromStr;

/// The path from the root of a JSON text to a value in it, as defined by RFC 6901. [`Options::at`](crate::Options::at)
/// takes one.
///
/// The empty pointer is the root. Any other pointer consists of references, each with a `/` before it. A reference is
/// the name of a member, in which `~0` stands for `~` and `~1` for `/`, or the index of an item, from 0. A pointer has
/// at most [`MAX_BYTES`](Self::MAX_BYTES) bytes.
///
/// ```
/// use gapwise::Pointer;
///
/// let pointer = Pointer::new("/responses/0/body")?;
/// assert_eq!(pointer.as_str(), "/responses/0/body");
/// assert_eq!("/responses/0/body".parse(), Ok(pointer));
///
/// const BODY: Pointer = match Pointer::new("/body") {
///     Ok(pointer) => pointer,
///     Err(_) => panic!("no JSON pointer"),
/// };
/// assert_eq!(BODY.to_string(), "/body");
/// # Ok::<(), gapwise::PointerError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pointer {
    /// The text, padded with zeros.
    text: [u8; Self::MAX_BYTES],
    length: u8,
}

const _: () = assert!(size_of::<Pointer>() == 128);

impl Pointer {
    /// The maximum length of a pointer. It is limited because a pointer is stored inline in the options, not on the
    /// heap.
    ///
    /// ```
    /// use gapwise::{Pointer, PointerError};
    ///
    /// let longest = "/".repeat(Pointer::MAX_BYTES);
    /// assert!(Pointer::new(&longest).is_ok());
    /// assert_eq!(Pointer::new(&(longest + "/")), Err(PointerError::TooLong));
    /// ```
    pub const MAX_BYTES: usize = 127;

    /// The empty pointer, which refers to the root.
    ///
    /// ```
    /// use gapwise::Pointer;
    ///
    /// assert_eq!(Pointer::new(""), Ok(Pointer::ROOT));
    /// ```
    pub const ROOT: Self = Self { text: [0; Self::MAX_BYTES], length: 0 };

    /// Parses a pointer.
    ///
    /// # Errors
    ///
    /// [`PointerError`] if the text is not a JSON pointer (RFC 6901 section 3), or is too long.
    ///
    /// ```
    /// use gapwise::{Pointer, PointerError};
    ///
    /// assert_eq!(Pointer::new(""), Ok(Pointer::ROOT));
    /// assert_eq!(Pointer::new("body"), Err(PointerError::NoSlash));
    /// assert_eq!(Pointer::new("/~2"), Err(PointerError::InvalidEscape));
    /// assert_eq!(Pointer::new(&"/x".repeat(64)), Err(PointerError::TooLong));
    /// ```
    pub const fn new(text: &str) -> Result<Self, PointerError> {
        let from = text.as_bytes();
        let mut text = [0; Self::MAX_BYTES];
        if from.len() > text.len() {
            return Err(PointerError::TooLong);
        }
        if !from.is_empty() && from[0] != b'/' {
            return Err(PointerError::NoSlash);
        }
        let mut at = 0;
        while at < from.len() {
            let is_escape = at + 1 < from.len() && matches!(from[at + 1], b'0' | b'1');
            if from[at] == b'~' && !is_escape {
                return Err(PointerError::InvalidEscape);
            }
            text[at] = from[at];
            at += 1;
        }
        Ok(Self { text, length: from.len() as u8 })
    }

    /// The pointer as it was written.
    ///
    /// ```
    /// use gapwise::Pointer;
    ///
    /// assert_eq!(Pointer::new("/a~1b/0")?.as_str(), "/a~1b/0");
    /// assert_eq!(Pointer::ROOT.as_str(), "");
    /// # Ok::<(), gapwise::PointerError>(())
    /// ```
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.text[..self.length.into()]).unwrap_or_default()
    }

    /// The references between the slashes, still escaped.
    pub(crate) fn references(&self) -> impl Iterator<Item = &str> {
        self.as_str().split('/').skip(1)
    }
}

impl Default for Pointer {
    /// [`Pointer::ROOT`].
    fn default() -> Self {
        Self::ROOT
    }
}

impl FromStr for Pointer {
    type Err = PointerError;

    fn from_str(text: &str) -> Result<Self, PointerError> {
        Self::new(text)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pointer").field(&self.as_str()).finish()
    }
}

/// Why a text is not a [`Pointer`].
///
/// ```
/// use gapwise::{Pointer, PointerError};
///
/// assert_eq!("body".parse::<Pointer>(), Err(PointerError::NoSlash));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PointerError {
    /// It is not empty and does not begin with `/`.
    NoSlash,
    /// A `~` without `0` or `1` after it.
    InvalidEscape,
    /// It has more than [`Pointer::MAX_BYTES`] bytes.
    TooLong,
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSlash => f.write_str("a JSON pointer begins with `/`"),
            Self::InvalidEscape => {
                f.write_str("in a JSON pointer, `~` is written `~0`, and `/` in a name `~1`")
            }
            Self::TooLong => write!(f, "a pointer of more than {} bytes", Pointer::MAX_BYTES),
        }
    }
}

impl std::error::Error for PointerError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_what_the_grammar_says() {
        let longest = "/".repeat(Pointer::MAX_BYTES);
        for text in ["", "/", "//", "/a", "/a~0b~1c", "/\u{e9}/0/-", "/ \"\\\0", &longest] {
            let pointer = Pointer::new(text).unwrap();
            assert_eq!(pointer.as_str(), text);
            assert_eq!(pointer.references().count(), text.matches('/').count());
        }
        for (text, error) in [
            ("a", PointerError::NoSlash),
            ("#/a", PointerError::NoSlash),
            ("~0", PointerError::NoSlash),
            ("/~", PointerError::InvalidEscape),
            ("/~2", PointerError::InvalidEscape),
            ("/a~/b", PointerError::InvalidEscape),
            (&(longest + "/"), PointerError::TooLong),
        ] {
            assert_eq!(Pointer::new(text), Err(error), "{text}");
        }
    }

    #[test]
    fn pointers_show_their_text() {
        let pointer = Pointer::new("/a~1b").unwrap();
        assert_eq!(
            format!("{pointer} {pointer:>6} {pointer:?}"),
            r#"/a~1b  /a~1b Pointer("/a~1b")"#
        );
        assert_eq!(Pointer::default(), Pointer::ROOT);
    }
}
