//! A document in memory: ordered members that can be added to, broken and written.
//!
//! Must know neither Klaviyo nor any layout. Members are a list and not a map, because order matters here, and because
//! a broken document may have the same name twice.

use std::borrow::Cow;

/// Any value in a document.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Null,
    Bool(bool),
    Integer(i64),
    Text(Cow<'static, str>),
    /// Written verbatim, quotes included. For text that no other variant can express, valid or not.
    Verbatim(Cow<'static, [u8]>),
    Array(Vec<Item>),
    Object(Vec<Member>),
}

/// A member: a name and its value.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: Cow<'static, str>,
    pub(crate) item: Item,
}

impl Item {
    /// An object with these members in this order.
    pub(crate) fn object<const N: usize>(members: [(&'static str, Item); N]) -> Self {
        Self::Object(members.map(|(name, item)| Member { name: name.into(), item }).into())
    }

    /// A JSON:API resource identifier.
    pub(crate) fn identifier(kind: &'static str, id: impl Into<Item>) -> Self {
        Self::object([("type", kind.into()), ("id", id.into())])
    }

    /// The value at a path: names and array indices separated by dots. The empty path is the value itself.
    pub(crate) fn get(&mut self, path: &str) -> Option<&mut Self> {
        path.split('.').filter(|step| !step.is_empty()).try_fold(self, |item, step| match item {
            Self::Object(members) => {
                let member = members.iter_mut().find(|member| member.name == step);
                member.map(|member| &mut member.item)
            }
            Self::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The value at a path. Panics if there is none; callers must know that it exists.
    pub(crate) fn at(&mut self, path: &str) -> &mut Self {
        self.get(path).expect("the document has this member")
    }

    /// Expands a pattern to the paths that exist here: `*` stands for every index of an array.
    pub(crate) fn paths(&mut self, pattern: &str) -> Vec<String> {
        let Some((before, after)) = pattern.split_once(".*") else {
            return self.get(pattern).map(|_| pattern.to_owned()).into_iter().collect();
        };
        let length = match self.get(before) {
            Some(Self::Array(items)) => items.len(),
            _ => 0,
        };
        (0..length).flat_map(|index| self.paths(&format!("{before}.{index}{after}"))).collect()
    }

    /// Removes the member with this name from an object that has it.
    pub(crate) fn remove(&mut self, name: &str) {
        self.members().retain(|member| member.name != name);
    }

    /// The members of an object. Panics on anything else.
    pub(crate) fn members(&mut self) -> &mut Vec<Member> {
        match self {
            Self::Object(members) => members,
            other => panic!("an object was expected, not {other:?}"),
        }
    }

    /// Inserts a member before the one at `place`.
    pub(crate) fn insert(&mut self, place: usize, name: impl Into<Cow<'static, str>>, item: Item) {
        self.members().insert(place, Member { name: name.into(), item });
    }

    /// Appends a member to an object.
    pub(crate) fn push(&mut self, name: &'static str, item: Item) {
        self.members().push(Member { name: name.into(), item });
    }

    /// The items of an array. Panics on anything else.
    pub(crate) fn items(&mut self) -> &mut Vec<Item> {
        match self {
            Self::Array(items) => items,
            other => panic!("an array was expected, not {other:?}"),
        }
    }

    /// Passes the members of every object to `change`, outer objects first.
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
