//! What has changed in a stream: members that the schema does not name, and documents that are suddenly written
//! differently.
//!
//! Memory is bounded: a stream with ever new names takes no more than one with a few.

use super::locate::push_name;
use super::text::Quoted;
use crate::schema::Table;

/// What a [`Parser`](crate::Parser) has noticed about the producer of its documents.
///
/// Documents are numbered from 0 in the order in which the parser was given them, including rejected ones. This is the
/// number of a record in its stream if the parser has seen that stream from the start and nothing else.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Line>::new();
/// parser.parse(br#"{"message":"started","more":{}}"#, &arena)?;
///
/// let [more] = parser.drift().unknown_members() else { panic!("there is one") };
/// assert_eq!((more.pointer(), more.count(), more.first_document()), ("/more", 1, 0));
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    unknown: Vec<UnknownMember>,
    by_name: ByName,
    others: Count,
    changes: u64,
    first_changes: Vec<u64>,
}

/// A member that the schema does not name, at one place of the document. See [`Drift`] for an example.
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Line>::new();
/// parser.parse_batch(br#"{"message":"start"} {"message":"stop","code":1} {"code":2,"message":""}"#, &arena);
/// let code = &parser.drift().unknown_members()[0];
/// assert_eq!((code.pointer(), code.count(), code.first_document()), ("/code", 2, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMember {
    /// The containers with this pointer: the index of a table, and the number of a container in it.
    places: Vec<(u8, u16)>,
    name: String,
    pointer: String,
    count: Count,
    first_document: u64,
}

/// How often a member came in all, and how often before the last document that had it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    all: u64,
    before: u64,
    document: u64,
}

impl Count {
    fn add(&mut self, document: u64) {
        if self.document != document {
            (self.before, self.document) = (self.all, document);
        }
        self.all += 1;
    }

    fn take_back(&mut self, document: u64) {
        if self.document == document {
            self.all = self.before;
        }
    }
}

impl UnknownMember {
    /// Whether the member has been seen in this container.
    fn was_in(&mut self, _: &Table, place: (u8, u16)) -> bool {
        self.places.contains(&place)
    }

    /// Whether this is the member of the same name in a container in which it has not been seen yet. If so, remembers
    /// the container.
    fn is_in(&mut self, table: &Table, place: (u8, u16)) -> bool {
        let mut pointer = table.pointer(place.1);
        push_name(&mut pointer, &self.name);
        let is_it = pointer == self.pointer;
        if is_it {
            self.places.push(place);
        }
        is_it
    }

    /// The JSON pointer (RFC 6901) of the member, in which `*` stands for any index of an array. It is not `-`, which
    /// RFC 6901 uses for the place after the last item.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Log<'a> { lines: &'a [Line<'a>] }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Log>::new());
    /// parser.parse(br#"{"lines":[{"message":"start"},{"message":"stop","code":1}]}"#, &arena)?;
    /// assert_eq!(parser.drift().unknown_members()[0].pointer(), "/lines/*/code");
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// How often the member occurred.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(br#"{"message":"start","code":1} {"message":"stop","code":2}"#, &arena);
    /// assert_eq!(parser.drift().unknown_members()[0].count(), 2);
    /// ```
    pub fn count(&self) -> u64 {
        self.count.all
    }

    /// The number of the first document that had the member.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(br#"{"message":"start"} {} {"message":"stop","code":2}"#, &arena);
    /// assert_eq!(parser.drift().unknown_members()[0].first_document(), 2);
    /// ```
    pub fn first_document(&self) -> u64 {
        self.first_document
    }
}

/// Indices of unknown members, by a hash of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ByName([Named; Self::PLACES]);

/// One more than the index of a member, and some bits of the hash of its name; 0 if the place is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Named {
    index: u8,
    tag: u8,
}

impl Default for ByName {
    fn default() -> Self {
        Self([Named::default(); _])
    }
}

impl ByName {
    /// Enough places that one look rules out most names that have not been seen.
    const PLACES: usize = 4 * Drift::MOST_MEMBERS;

    /// The members whose names may have this hash.
    #[inline(always)]
    fn find(&self, hash: u32) -> impl Iterator<Item = u8> {
        let named = Self::places(hash).map(|place| self.0[place]);
        let named = named.take_while(|named| named.index > 0);
        named.filter(move |named| named.tag == Self::tag(hash)).map(|named| named.index - 1)
    }

    fn insert(&mut self, hash: u32, index: u8) {
        if let Some(place) = Self::places(hash).find(|&place| self.0[place].index == 0) {
            self.0[place] = Named { index: index + 1, tag: Self::tag(hash) };
        }
    }

    fn places(hash: u32) -> impl Iterator<Item = usize> {
        let first = hash as usize;
        (first..first + Self::PLACES).map(|place| place % Self::PLACES)
    }

    fn tag(hash: u32) -> u8 {
        (hash >> 24) as u8
    }
}

/// A hash of a name that is different for most names. It uses only the start and the end of the name, so it needs no
/// loop.
#[inline(always)]
fn hash_of_name(name: &[u8]) -> u32 {
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    let (first, last) = match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => (word(first), word(last)),
        _ => match (name.first_chunk(), name.last_chunk(), name) {
            (Some(first), Some(last), _) => (half(first), half(last)),
            (_, _, &[first, .., last]) => (first.into(), last.into()),
            (_, _, &[only]) => (only.into(), 0),
            _ => (0, 0),
        },
    };
    let middle = name.get(name.len() / 2).copied().unwrap_or_default();
    let seed = (name.len() as u64) << 8 | u64::from(middle);
    let hash = (first ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ last;
    (hash.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as u32
}

impl Drift {
    /// How many different unknown members are told apart. More are only [counted](Self::other_unknown_members).
    ///
    /// ```
    /// assert_eq!(gapwise::Drift::MOST_MEMBERS, 64);
    /// ```
    pub const MOST_MEMBERS: usize = 64;

    /// How many changes of the layout are remembered. Later ones are only [counted](Self::layout_changes).
    ///
    /// ```
    /// assert_eq!(gapwise::Drift::MOST_CHANGES, 64);
    /// ```
    pub const MOST_CHANGES: usize = 64;

    /// Members with longer names are counted with the others.
    const LONGEST_NAME: usize = 256;

    /// The index for all unknown members that are not told apart.
    pub(super) const OTHERS: u8 = u8::MAX;

    /// The members that the schema does not name, in the order in which they first occurred. Members inside skipped
    /// values are not looked at. With [`UnknownMembers::Reject`](crate::UnknownMembers::Reject) there are none.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse(br#"{"level":1,"message":"start","at":{"line":7}}"#, &arena)?;
    /// let pointers: Vec<_> = parser.drift().unknown_members().iter().map(|member| member.pointer()).collect();
    /// assert_eq!(pointers, ["/level", "/at"]);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn unknown_members(&self) -> &[UnknownMember] {
        &self.unknown
    }

    /// How often unknown members occurred that [`unknown_members`](Self::unknown_members) had no room for.
    ///
    /// ```
    /// use gapwise::{Arena, Drift, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let names: String = (0..100).map(|n| format!(r#""name{n}":{n},"#)).collect();
    /// let json = format!(r#"{{{names}"message":"start"}}"#);
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse(json.as_bytes(), &arena)?;
    /// assert_eq!(parser.drift().unknown_members().len(), Drift::MOST_MEMBERS);
    /// assert_eq!(parser.drift().other_unknown_members(), 100 - Drift::MOST_MEMBERS as u64);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn other_unknown_members(&self) -> u64 {
        self.others.all
    }

    /// How often the layout of the documents changed: a document was written quite differently from several similar
    /// ones before it. Without [`Options::learning`](crate::Options::learning), no change is noticed.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Parser::<Line>::new();
    /// let compact = br#"{"message":"start"}"#.repeat(20);
    /// let spaced = br#"{ "message" : "start" }"#.repeat(20);
    /// parser.parse_batch(&[compact, spaced].concat(), &arena);
    /// assert_eq!(parser.drift().layout_changes(), 1);
    /// assert_eq!(parser.drift().changed_documents(), [20]);
    /// ```
    pub fn layout_changes(&self) -> u64 {
        self.changes
    }

    /// The numbers of the documents at which the layout [changed](Self::layout_changes): the first
    /// [`MOST_CHANGES`](Self::MOST_CHANGES) of them.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(30), &arena);
    /// parser.parse_batch(&br#"{ "message" : "start" }"#.repeat(30), &arena);
    /// assert_eq!(parser.drift().changed_documents(), [30]);
    /// ```
    pub fn changed_documents(&self) -> &[u64] {
        &self.first_changes
    }

    /// Adds what another parser has noticed, of the same stream or another one.
    ///
    /// Counts are added up, and each member is listed once. Numbers of documents stay those of the parser that saw them,
    /// since each parser counts its own. A change of the layout that several parsers saw counts as often.
    ///
    /// ```
    /// use gapwise::{Arena, Drift, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut all = Drift::default();
    /// for file in [&br#"{"message":"start","code":1}"#[..], br#"{"message":"stop","code":2,"host":"a"}"#] {
    ///     let mut parser = Parser::<Line>::new();
    ///     parser.parse(file, &Arena::new())?;
    ///     all.merge(parser.drift());
    /// }
    /// let members: Vec<_> = all.unknown_members().iter().map(|member| (member.pointer(), member.count())).collect();
    /// assert_eq!(members, [("/code", 2), ("/host", 1)]);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn merge(&mut self, other: &Self) {
        for member in &other.unknown {
            let has_room = self.unknown.len() < Self::MOST_MEMBERS;
            match self.unknown.iter_mut().find(|known| known.pointer == member.pointer) {
                Some(known) => {
                    known.count.all += member.count.all;
                    known.first_document = known.first_document.min(member.first_document);
                }
                None if has_room => self.unknown.push(member.clone()),
                None => self.others.all += member.count.all,
            }
        }
        self.others.all += other.others.all;
        self.changes += other.changes;
        let room = Self::MOST_CHANGES - self.first_changes.len();
        self.first_changes.extend(other.first_changes.iter().take(room));
    }

    pub(super) fn layout_changed(&mut self, document: u64) {
        self.changes += 1;
        if self.first_changes.len() < Self::MOST_CHANGES {
            self.first_changes.push(document);
        }
    }

    /// Counts a member at `place`: the index of `table`, and the number of a container in it. Returns the index of the
    /// member.
    pub(super) fn unknown(
        &mut self,
        table: &Table,
        place: (u8, u16),
        name: Quoted<'_>,
        document: u64,
    ) -> u8 {
        let mut room = [0; Self::LONGEST_NAME];
        match name.text_in(&mut room) {
            Some(name) => self.unknown_name(table, place, name.as_bytes(), document),
            None => {
                self.unknown_again(Self::OTHERS, document);
                Self::OTHERS
            }
        }
    }

    /// Like [`unknown`](Self::unknown), for a name without escapes.
    pub(super) fn unknown_name(
        &mut self,
        table: &Table,
        place: (u8, u16),
        name: &[u8],
        document: u64,
    ) -> u8 {
        let hash = hash_of_name(name);
        // If names vary, most lookups end here.
        let may_be_known = self.by_name.find(hash).next().is_some();
        let known = if may_be_known { self.known(table, place, (name, hash)) } else { None };
        let index = match known {
            Some(index) => index,
            None if self.unknown.len() == Self::MOST_MEMBERS => Self::OTHERS,
            None if name.len() > Self::LONGEST_NAME => Self::OTHERS,
            None => self.add(table, place, (name, hash), document),
        };
        self.unknown_again(index, document);
        index
    }

    /// The index of the member with this name and hash, if it is known.
    fn known(&mut self, table: &Table, place: (u8, u16), (name, hash): (&[u8], u32)) -> Option<u8> {
        let mut find = |is_it: fn(&mut UnknownMember, &Table, (u8, u16)) -> bool| {
            self.by_name.find(hash).find(|&index| {
                let member = &mut self.unknown[usize::from(index)];
                member.name.as_bytes() == name && is_it(member, table, place)
            })
        };
        find(UnknownMember::was_in).or_else(|| find(UnknownMember::is_in))
    }

    /// Adds a member with this name and hash. There must be room for it.
    #[cold]
    fn add(
        &mut self,
        table: &Table,
        place: (u8, u16),
        (name, hash): (&[u8], u32),
        document: u64,
    ) -> u8 {
        let index = self.unknown.len() as u8;
        self.by_name.insert(hash, index);
        let mut pointer = table.pointer(place.1);
        let name = String::from_utf8_lossy(name).into_owned();
        push_name(&mut pointer, &name);
        let (places, count, first_document) = (vec![place], Count::default(), document);
        self.unknown.push(UnknownMember { places, name, pointer, count, first_document });
        index
    }

    /// Counts a member whose index is known.
    pub(super) fn unknown_again(&mut self, index: u8, document: u64) {
        let member = self.unknown.get_mut(usize::from(index));
        member.map_or(&mut self.others, |member| &mut member.count).add(document);
    }

    /// Takes back what the last document counted, because it is decoded again.
    pub(super) fn take_back(&mut self, document: u64) {
        let members = self.unknown.iter_mut().map(|member| &mut member.count);
        members.chain([&mut self.others]).for_each(|count| count.take_back(document));
    }
}
