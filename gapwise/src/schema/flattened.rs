//! Flattened members: members of one object that become parts of several nested structs of the view.
//!
//! All of this happens at compile time: a table does not know that members were flattened.

use super::member::{Member, Tag};
use super::view::View;

/// Some consecutive members of an object, and the offset in its view at which their own view begins.
#[derive(Clone, Copy)]
pub struct Group {
    members: &'static [Member],
    offset: usize,
    /// The tag of these members, if they have one, and the offset of its enum in their view.
    tag: Option<(&'static Tag, usize)>,
}

impl Group {
    /// Members of the view itself.
    pub const fn own(members: &'static [Member]) -> Self {
        Self { members, offset: 0, tag: None }
    }

    /// The members of the part at an offset of a view. The function is only there so that the compiler infers the type
    /// of the part.
    pub const fn flattened<V, T: View>(offset: usize, _: fn(&V) -> &T) -> Self {
        let object = T::MEMBERS.object;
        assert!(!object.is_closed, "a struct with `deny_unknown_fields` cannot be flattened");
        assert!(object.rest.is_none(), "a struct with `rest` cannot be flattened");
        if let Some((tag, _)) = object.tag {
            let mut at = 0;
            while at < tag.variants.len() {
                let object = tag.variants[at].object;
                assert!(
                    !object.is_closed,
                    "an enum with `deny_unknown_fields` cannot be flattened"
                );
                assert!(object.rest.is_none(), "a variant with `rest` cannot be flattened");
                at += 1;
            }
        }
        Self { members: object.members, offset, tag: object.tag }
    }

    /// The tag of the groups, and the offset of its enum in the whole view. At most one group may have a tag. No member
    /// of its variants may have the name of another member.
    pub const fn tag(groups: &[Self]) -> Option<(&'static Tag, usize)> {
        let (mut found, mut at) = (None, 0);
        while at < groups.len() {
            if let Some((tag, offset)) = groups[at].tag {
                assert!(
                    found.is_none(),
                    "two enums with tags are flattened, but one object has one tag"
                );
                assert_are_new(tag, groups);
                found = Some((tag, groups[at].offset + offset));
            }
            at += 1;
        }
        found
    }

    /// How many members there are.
    pub const fn count(groups: &[Self]) -> usize {
        let (mut count, mut at) = (0, 0);
        while at < groups.len() {
            count += groups[at].members.len();
            at += 1;
        }
        count
    }

    /// All members, as members of the whole view. No name may occur twice.
    pub const fn all<const N: usize>(groups: &[Self]) -> [Member; N] {
        let mut all = [Member::constant("", ""); N];
        let (mut count, mut at) = (0, 0);
        while at < groups.len() {
            let Self { members, offset, .. } = groups[at];
            let mut member = 0;
            while member < members.len() {
                let Member { part, offset: inside, .. } = members[member];
                all[count] =
                    Member { part: offset + part, offset: offset + inside, ..members[member] };
                assert_is_new(&all[count], &all, count);
                (count, member) = (count + 1, member + 1);
            }
            at += 1;
        }
        assert!(count == N, "there are as many as were counted");
        all
    }
}

/// Asserts that neither the tag nor any member of its variants has the name of a member of the groups.
const fn assert_are_new(tag: &Tag, groups: &[Group]) {
    let mut at = 0;
    while at < groups.len() {
        let members = groups[at].members;
        assert_is_new(&Member::known_tag(tag.name), members, members.len());
        let mut variant = 0;
        while variant < tag.variants.len() {
            let own = tag.variants[variant].object.members;
            let mut member = 0;
            while member < own.len() {
                assert_is_new(&own[member], members, members.len());
                member += 1;
            }
            variant += 1;
        }
        at += 1;
    }
}

/// Asserts that no name of the member is a name of the first `count` members.
const fn assert_is_new(member: &Member, all: &[Member], count: usize) {
    let mut at = 0;
    while at < count {
        let mut name = 0;
        while name <= member.aliases.len() {
            assert!(
                !all[at].may_be_called(name_of(member, name)),
                "a name is there twice, of which one is that of a flattened member"
            );
            name += 1;
        }
        at += 1;
    }
}

/// A name of a member by number: first its aliases, then its own name.
const fn name_of(member: &Member, number: usize) -> &'static [u8] {
    let Member { name, aliases, .. } = member;
    if number < aliases.len() { aliases[number].as_bytes() } else { name.as_bytes() }
}
