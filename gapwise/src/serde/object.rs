//! Writes objects, member by member.

use super::written::{AsWritten, Written};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Writes the members of an object.
///
/// It writes a map rather than a struct, so that formats which write structs as arrays keep the names.
pub struct MemberWriter<M>(M);

/// An object whose members are written one after another. They may also become members of another object.
#[diagnostic::on_unimplemented(
    message = "the members of `{Self}` are not written",
    label = "no struct with `#[view(serde)]`",
    note = "put `#[view(serde)]` on the declaration with `#[derive(View)]`, too"
)]
pub trait WrittenObject {
    /// Writes the members.
    fn write_members<M: SerializeMap>(&self, members: &mut MemberWriter<M>)
    -> Result<(), M::Error>;
}

/// Writes the object on its own.
pub fn write_object<S: Serializer>(
    object: &impl WrittenObject,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut members = MemberWriter::of(serializer)?;
    object.write_members(&mut members)?;
    members.end()
}

impl<M: SerializeMap> MemberWriter<M> {
    /// Begins an object.
    fn of<S: Serializer<SerializeMap = M, Error = M::Error>>(
        serializer: S,
    ) -> Result<Self, M::Error> {
        serializer.serialize_map(None).map(Self)
    }

    /// Writes a member that is always present.
    fn one(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), M::Error> {
        self.0.serialize_entry(name, value)
    }

    /// Writes a member that becomes a part of a view, unless it is absent.
    pub fn part(&mut self, name: &str, part: &(impl Written + ?Sized)) -> Result<(), M::Error> {
        match part.is_absent() {
            true => Ok(()),
            false => self.one(name, &AsWritten(part)),
        }
    }

    /// Writes the members of a flattened part.
    pub fn flattened(&mut self, part: &impl WrittenObject) -> Result<(), M::Error> {
        part.write_members(self)
    }

    /// Writes all other members, which were kept.
    pub fn rest<N: AsRef<str>, V: Written>(&mut self, others: &[(N, V)]) -> Result<(), M::Error> {
        others.iter().try_for_each(|(name, value)| self.one(name.as_ref(), &AsWritten(value)))
    }

    /// Ends the object.
    fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
