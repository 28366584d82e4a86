//! Members of one object that become parts of several structs, which stand inside one another in the view.
//!
//! All that is done is done at compile time: a table never sees that members were flattened.

use super::member::Member;
use super::view::View;

/// Some of the members of an object, one after another, and how far into the view of that their own begins.
#[derive(Clone, Copy)]
pub struct Group {
    members: &'static [Member],
    offset: usize,
}

impl Group {
    /// Members of the view itself.
    pub const fn own(members: &'static [Member]) -> Self {
        Self { members, offset: 0 }
    }

    /// Those of the part at an offset of a view, which is also there to say of what type it is.
    pub const fn flattened<V, T: View>(offset: usize, _: fn(&V) -> &T) -> Self {
        let object = T::MEMBERS.object;
        assert!(!object.is_closed, "a struct with `deny_unknown_fields` cannot be flattened");
        assert!(object.rest.is_none(), "a struct with `rest` cannot be flattened");
        Self { members: object.members, offset }
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

    /// All of them, as members of the one view. No name may stand twice.
    pub const fn all<const N: usize>(groups: &[Self]) -> [Member; N] {
        let mut all = [Member::constant("", ""); N];
        let (mut count, mut at) = (0, 0);
        while at < groups.len() {
            let Self { members, offset } = groups[at];
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

/// That no name of a member is one of those before it.
const fn assert_is_new(member: &Member, all: &[Member], count: usize) {
    let mut at = 0;
    while at < count {
        let mut name = 0;
        while name <= member.aliases.len() {
            let mut other = 0;
            while other <= all[at].aliases.len() {
                assert!(
                    !are_equal(name_of(member, name), name_of(&all[at], other)),
                    "a name is there twice, of which one is that of a flattened member"
                );
                other += 1;
            }
            name += 1;
        }
        at += 1;
    }
}

/// One of the names of a member: its aliases, and behind them its own.
const fn name_of(member: &Member, number: usize) -> &'static [u8] {
    let Member { name, aliases, .. } = member;
    if number < aliases.len() { aliases[number].as_bytes() } else { name.as_bytes() }
}

const fn are_equal(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
