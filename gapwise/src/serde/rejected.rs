//! Errors and rejected records, for logs and dead letters.

use crate::batch::{OwnedRejected, Rejected};
use crate::error::Error;
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Writes the members that errors and rejected records have in common.
fn write_place<S: SerializeStruct>(error: &Error, members: &mut S) -> Result<(), S::Error> {
    members.serialize_field("record", &error.record())?;
    members.serialize_field("line", &error.line())?;
    members.serialize_field("column", &error.column())?;
    members.serialize_field("offset", &error.offset())?;
    members.serialize_field("pointer", error.pointer())?;
    members.serialize_field("kind", error.kind().name())
}

/// `record`, `line`, `column`, `offset`, `pointer`, `kind` (its [name](crate::ErrorKind::name)) and `message`.
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let error = Parser::<Line>::new().parse(br#"{"message":7}"#, &Arena::new()).unwrap_err();
/// assert_eq!(
///     serde_json::to_string(&error)?,
///     r#"{"record":0,"line":1,"column":12,"offset":11,"pointer":"/message","kind":"wrong-type","message":"expected a string, found 7"}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Error", 7)?;
        write_place(self, &mut members)?;
        members.serialize_field("message", self.message())?;
        members.end()
    }
}

/// Bytes that are written as a string if they are UTF-8, and as bytes otherwise.
struct Raw<'a>(&'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.serialize_bytes(self.0),
        }
    }
}

/// The members of an [`Error`], and `remainder`, `more` and `raw`. `raw` is a string if the record is UTF-8, and bytes
/// otherwise; in JSON, bytes are an array of numbers.
impl Serialize for Rejected<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Rejected", 10)?;
        write_place(&self.error, &mut members)?;
        members.serialize_field("message", &self.message())?;
        members.serialize_field("remainder", &self.remainder)?;
        members.serialize_field("more", &self.more)?;
        members.serialize_field("raw", &Raw(self.raw))?;
        members.end()
    }
}

/// Like [`Rejected`].
impl Serialize for OwnedRejected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_view().serialize(serializer)
    }
}
