//! A document in memory: ordered members, ready to be added to, broken and written.
//!
//! Must know neither Klaviyo nor any way of writing. Members are a list and not a map because
//! order matters here, and because a broken document may hold the same name twice.

use std::borrow::Cow;

/// Anything a document may hold.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Null,
    Bool(bool),
    Integer(i64),
    Text(Cow<'static, str>),
    /// Written as it stands, quotes included: what no other variant can say, right or wrong.
    Verbatim(Cow<'static, [u8]>),
    Array(Vec<Item>),
    Object(Vec<Member>),
}

/// A name and what stands under it.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) item: Item,
}

impl Item {
    /// An object with these members in this order.
    pub(crate) fn object<const N: usize>(members: [(&'static str, Item); N]) -> Self {
        Self::Object(members.map(|(name, item)| Member { name, item }).into())
    }

    /// A JSON:API resource identifier.
    pub(crate) fn identifier(kind: &'static str, id: impl Into<Item>) -> Self {
        Self::object([("type", kind.into()), ("id", id.into())])
    }

    /// The item that the names of `path`, separated by dots, lead to. Panics when there is none:
    /// callers ask only for members that every document has.
    pub(crate) fn at(&mut self, path: &str) -> &mut Self {
        path.split('.').fold(self, |item, name| {
            let member = item.members().iter_mut().find(|member| member.name == name);
            &mut member.expect("every document has this member").item
        })
    }

    /// The members of an object. Panics on anything else.
    pub(crate) fn members(&mut self) -> &mut Vec<Member> {
        match self {
            Self::Object(members) => members,
            other => panic!("an object was expected, not {other:?}"),
        }
    }

    /// Puts a member before the one at `place`.
    pub(crate) fn insert(&mut self, place: usize, name: &'static str, item: Item) {
        self.members().insert(place, Member { name, item });
    }

    /// The items of an array. Panics on anything else.
    pub(crate) fn items(&mut self) -> &mut Vec<Item> {
        match self {
            Self::Array(items) => items,
            other => panic!("an array was expected, not {other:?}"),
        }
    }

    /// Shows the members of every object, outer before inner, to `change`.
    pub(crate) fn for_each_object(&mut self, change: &mut dyn FnMut(&mut [Member])) {
        match self {
            Self::Array(items) => items.iter_mut().for_each(|item| item.for_each_object(change)),
            Self::Object(members) => {
                change(members);
                members.iter_mut().for_each(|member| member.item.for_each_object(change));
            }
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Text(_) | Self::Verbatim(_) => {}
        }
    }
}

impl From<bool> for Item {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Item {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&'static str> for Item {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Item {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Vec<Item>> for Item {
    fn from(items: Vec<Item>) -> Self {
        Self::Array(items)
    }
}

impl<T: Into<Item>> From<Option<T>> for Item {
    fn from(item: Option<T>) -> Self {
        item.map_or(Self::Null, T::into)
    }
}
