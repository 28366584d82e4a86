//! Owned and sparse twins of derived views, and how serde writes and reads them.
//!
//! What is owned has the values of the view; what is written is read as the same again, by the parser and by whatever else
//! serde has; and a sparse twin takes what is left of a document that the view takes.

use crate::documents::{self, Draw};
use crate::shapes::views;
use gapwise::IntoOwned;
use gapwise_derive::View;
use jobview::{
    Arena, Document, ErrorKind, JobPage, Parser, RawJson, sparse::JobPage as SparseJobPage,
};
use std::fmt::Debug;

const ROUNDS: usize = 400;

/// Draws documents of a shape, and looks at each that is accepted.
pub(crate) fn for_each<D: Document>(
    seed: u64,
    document: fn(&mut Draw) -> String,
    mut look: impl FnMut(&str, D::View<'_>),
) {
    let mut draw = Draw::new(seed);
    let mut parser = Parser::<D>::new();
    let mut accepted = 0;
    for _ in 0..ROUNDS {
        let (arena, text) = (Arena::new(), document(&mut draw));
        if let Ok(view) = parser.parse(text.as_bytes(), &arena) {
            look(&text, *view);
            accepted += 1;
        }
    }
    assert!(accepted > ROUNDS / 2, "{accepted}");
}

/// That a copy shows what the view shows.
fn have_the_same<D: Document>(seed: u64, document: fn(&mut Draw) -> String)
where
    for<'a> D::View<'a>: IntoOwned<Owned: Debug>,
{
    for_each::<D>(seed, document, |text, view| {
        let shown = format!("{:?}", view.into_owned());
        assert_eq!(shown.replace("Owned", ""), format!("{view:?}"), "{text}");
    });
}

#[test]
fn owned_twins_have_the_values_of_the_view() {
    have_the_same::<views::Event<'static>>(1, documents::event);
    have_the_same::<views::Deep<'static>>(2, documents::deep);
    have_the_same::<views::Flat<'static>>(3, documents::flat);
    have_the_same::<views::Everything<'static>>(4, documents::everything);
}

#[test]
fn owned_twins_stay_when_input_and_arena_are_gone() {
    let load = |text: String| -> Result<views::OwnedLabel, jobview::Error> {
        Ok(Parser::<views::Label<'static>>::new()
            .parse(text.as_bytes(), &Arena::new())?
            .into_owned())
    };
    assert_eq!(&*load(r#"{"label":"\u0061"}"#.to_owned()).unwrap().name, "a");
}

/// Has what no member goes to, and what is said of each type.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedTicket", owned_derive(PartialOrd), rename_all = "UPPERCASE")]
#[view(constant("type", "ticket"))]
#[cfg_attr(feature = "serde", view(serde))]
struct Ticket<'a> {
    #[view(alias = "n")]
    number: Option<&'a str>,
    #[view(or_text)]
    seat: i64,
    /// How far.
    #[view(owned = "Box<str>")]
    zone: Zone<'a>,
    class: Class,
    #[view(skip)]
    seen: Option<std::marker::PhantomData<&'a ()>>,
    #[view(flatten)]
    price: Price,
}

type Zone<'a> = &'a str;

#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, View)]
#[cfg_attr(feature = "serde", view(serde))]
enum Class {
    #[view(alias = "1")]
    First,
    Second,
}

#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, View)]
#[cfg_attr(feature = "serde", view(serde))]
struct Price {
    cents: i64,
}

const TICKET: &[u8] = br#"{"n":"7","type":"ticket","SEAT":"12","ZONE":"A","CLASS":"1","cents":3}"#;

#[test]
fn what_is_no_part_of_a_view_is_none_of_its_owned_twin() {
    let arena = Arena::new();
    let view = Parser::<Ticket<'static>>::new().parse(TICKET, &arena).unwrap();
    let price = Price { cents: 3 };
    let (number, zone) = (Some("7".into()), "A".into());
    let owned = OwnedTicket { number, seat: 12, zone, class: Class::First, price };
    assert_eq!(view.into_owned(), owned);
    assert!(owned <= owned.clone());
}

#[test]
fn sparse_twins_take_what_is_left_of_a_document() {
    let whole = r#"{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued",
        "created_at":"2026-09-04T13:40:00Z","total_count":3},"links":{"self":"/a"}}"#;
    let mut page = Parser::<JobPage<'static>>::new();
    let mut sparse = Parser::<SparseJobPage<'static>>::new();
    for _ in 0..3 {
        let arena = Arena::new();
        let text = format!(r#"{{"data":[{whole}]}}"#);
        let job = page.parse(text.as_bytes(), &arena).unwrap().data[0];
        let same = sparse.parse(text.as_bytes(), &arena).unwrap().data[0];
        assert_eq!((same.id, same.links), (job.id, job.links));
        assert_eq!(same.attributes.status, Some(job.attributes.status));
        assert_eq!(same.attributes.created_at, Some(job.attributes.created_at));
        assert_eq!(same.attributes.total_count, Some(job.attributes.total_count));
        for (left, missing) in [
            (r#""id":"a","links":{"self":"/a"}"#, "/data/0/attributes"),
            (r#""id":"a","links":{"self":"/a"},"attributes":{}"#, "/data/0/attributes/status"),
        ] {
            let text = format!(r#"{{"data":[{{"type":"profile-bulk-import-job",{left}}}]}}"#);
            let error = page.parse(text.as_bytes(), &arena).unwrap_err();
            assert_eq!((error.kind(), error.pointer()), (ErrorKind::MissingMember, missing));
            let job = sparse.parse(text.as_bytes(), &arena).unwrap().data[0];
            assert_eq!((job.id, job.attributes.status, job.relationships), ("a", None, None));
        }
        let kind = r#""type":"profile-bulk-import-job""#;
        for (left, missing) in [
            (format!(r#"{kind},"id":"a""#), "/data/0/links"),
            (format!(r#"{kind},"links":{{"self":"/a"}}"#), "/data/0/id"),
            (r#""id":"a","links":{"self":"/a"}"#.to_owned(), "/data/0/type"),
        ] {
            let text = format!(r#"{{"data":[{{{left}}}]}}"#);
            let error = sparse.parse(text.as_bytes(), &arena).unwrap_err();
            assert_eq!((error.kind(), error.pointer()), (ErrorKind::MissingMember, missing));
        }
        let error = sparse.parse(b"{}", &arena).unwrap_err();
        assert_eq!((error.kind(), error.pointer()), (ErrorKind::MissingMember, "/data"));
    }
}

/// Whether what is left is a matter of its own: what may be absent, what is flattened, and what is kept.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparseShelf", sparse_owned = "OwnedSparseShelf", rename_all = "camelCase")]
#[cfg_attr(feature = "serde", view(serde))]
struct Shelf<'a> {
    #[view(alias = "n")]
    shelf_number: u32,
    #[view(or_text)]
    width: i64,
    #[view(default)]
    depth: u8,
    height: gapwise::Presence<u8>,
    books: &'a [&'a str],
    #[view(flatten, sparse = "SparsePlace<'a>")]
    place: Place<'a>,
    #[view(flatten, always)]
    price: Price,
    #[view(skip)]
    seen: bool,
    #[view(rest)]
    others: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparsePlace", sparse_owned = "OwnedSparsePlace")]
#[cfg_attr(feature = "serde", view(serde))]
struct Place<'a> {
    room: &'a str,
}

#[test]
fn members_that_may_be_absent_are_the_same_in_the_sparse_twin() {
    let arena = Arena::new();
    let mut parser = Parser::<SparseShelf<'static>>::new();
    for _ in 0..3 {
        let shelf = parser.parse(br#"{"cents":1}"#, &arena).unwrap();
        let price = Price { cents: 1 };
        let absent = gapwise::Presence::Absent;
        let (place, seen, others) = (SparsePlace { room: None }, false, &[][..]);
        let (shelf_number, width, depth, height, books) = (None, None, 0, absent, None);
        let expected =
            SparseShelf { shelf_number, width, depth, height, books, place, price, seen, others };
        assert_eq!(shelf, &expected);
        let text = br#"{"n":1,"width":"2","height":null,"books":[],"cents":1,"room":"a","x":[]}"#;
        let shelf = parser.parse(text, &arena).unwrap();
        assert_eq!((shelf.shelf_number, shelf.width), (Some(1), Some(2)));
        assert_eq!((shelf.books, shelf.place.room), (Some(&[][..]), Some("a")));
        assert_eq!((shelf.height.is_null(), shelf.others[0].0), (true, "x"));
        assert!(parser.parse(b"{}", &arena).is_err());
    }
}

/// What a tag tells apart, by itself, beside what it tells of, and in the object of something else.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedDelivery")]
#[cfg_attr(feature = "serde", view(serde))]
struct Delivery<'a> {
    id: &'a str,
    #[view(flatten)]
    news: News<'a>,
    by: Option<By<'a>>,
    others: &'a [By<'a>],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type", content = "payload", owned = "OwnedNews")]
#[cfg_attr(feature = "serde", view(serde))]
enum News<'a> {
    Push(Push<'a>),
    #[view(rename = "note")]
    Note(&'a str),
    Sizes(&'a [(&'a str, Option<u8>)]),
    #[view(alias = "pong")]
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedPush")]
#[cfg_attr(feature = "serde", view(serde))]
struct Push<'a> {
    head: &'a str,
    size: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "kind", rename_all = "lowercase", owned = "OwnedBy")]
#[cfg_attr(feature = "serde", view(serde))]
enum By<'a> {
    Pusher(Push<'a>),
    Nobody,
    #[view(other)]
    Other,
}

fn delivery(draw: &mut Draw) -> String {
    const BY: [&str; 4] = [
        r#"{"kind":"pusher","size":3,"head":"a"}"#,
        r#"{"head":"\n","kind":"pusher"}"#,
        r#"{"kind":"nobody"}"#,
        r#"{"kind":"other"}"#,
    ];
    const NEWS: [&str; 5] = [
        r#""type":"Push","payload":{"head":"main","size":null}"#,
        r#""payload":"n","type":"note""#,
        r#""type":"Sizes","payload":{"a":1,"b":null}"#,
        r#""payload":null,"type":"pong""#,
        r#""type":"Ping""#,
    ];
    let id = draw.text();
    let [one, other] = [(); 2].map(|()| BY[draw.up_to(BY.len() - 1)]);
    let news = NEWS[draw.up_to(NEWS.len() - 1)];
    match draw.one_in(2) {
        true => format!(r#"{{"id":{id},{news},"by":{one},"others":[{other},{one}]}}"#),
        false => format!(r#"{{{news},"others":[],"id":{id},"by":null}}"#),
    }
}

/// What the first byte tells apart.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedNote")]
#[cfg_attr(feature = "serde", view(serde))]
struct Note<'a> {
    by: Author<'a>,
    maybe: Option<Author<'a>>,
    all: &'a [Author<'a>],
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged, owned = "OwnedAuthor")]
#[cfg_attr(feature = "serde", view(serde))]
enum Author<'a> {
    Id(u64),
    Name(&'a str),
    By(Push<'a>),
    Several(&'a [&'a str]),
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
#[cfg_attr(feature = "serde", view(serde))]
enum Step {
    Sizes([i8; 2]),
    Back(bool),
}

fn note(draw: &mut Draw) -> String {
    const BY: [&str; 7] = [
        "18446744073709551615",
        r#""a\n""#,
        r#"{"size":3,"head":"a"}"#,
        r#"{"head":"a","size":null}"#,
        "[]",
        r#"["a","\u00e4"]"#,
        "null",
    ];
    let [by, maybe, one, other] = [(); 4].map(|()| BY[draw.up_to(BY.len() - 1)]);
    let step = draw.one_of(&["true", "false", "[-1,7]"]);
    format!(r#"{{"by":{by},"maybe":{maybe},"step":{step},"all":[{one},{other}]}}"#)
}

#[test]
fn owned_twins_of_untagged_enums_have_the_values_of_the_view() {
    have_the_same::<Note<'static>>(10, note);
}

#[test]
fn owned_twins_of_enums_with_a_tag_have_the_values_of_the_view() {
    have_the_same::<Delivery<'static>>(9, delivery);
}

#[cfg(feature = "serde")]
mod written {
    use super::*;
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Serialize};
    use serde_json::Value;
    use std::borrow::Cow;

    /// That what is written is what is read again, whoever writes and reads it.
    fn is_read_again<D: Document, T>(seed: u64, document: fn(&mut Draw) -> String)
    where
        for<'a> D::View<'a>: Serialize + IntoOwned<Owned = T>,
        T: Serialize + DeserializeOwned + PartialEq + Debug,
    {
        for_each::<D>(seed, document, |text, view| {
            let owned = view.into_owned();
            let json = serde_json::to_string(&view).unwrap();
            assert_eq!(serde_json::to_string(&owned).unwrap(), json, "{text}");
            let (arena, mut parser) = (Arena::new(), Parser::<D>::new());
            let again = parser.parse(json.as_bytes(), &arena).unwrap();
            assert_eq!(serde_json::to_string(again).unwrap(), json, "{text}");
            let again = again.into_owned();
            assert_eq!(serde_json::from_str::<T>(&json).unwrap(), again, "{text}");
            // What is kept as it is written, is not written so.
            if !format!("{owned:?}").contains("RawJson") {
                assert_eq!(again, owned, "{text}");
                assert_eq!(serde_json::from_str::<T>(text).unwrap(), owned, "{text}");
            }
            let mut cbor = vec![];
            ciborium::into_writer(&view, &mut cbor).unwrap();
            assert_eq!(ciborium::from_reader::<T, _>(&*cbor).unwrap(), again, "{text}");
        });
    }

    #[test]
    fn what_is_written_is_what_is_read_again() {
        is_read_again::<views::Event<'static>, _>(1, documents::event);
        is_read_again::<views::Flat<'static>, _>(2, documents::flat);
        is_read_again::<views::Arrays<'static>, _>(3, documents::arrays);
        is_read_again::<views::Patch<'static>, _>(4, documents::patch);
        is_read_again::<views::Maps<'static>, _>(5, documents::maps);
        is_read_again::<views::Everything<'static>, _>(6, documents::everything);
        is_read_again::<Delivery<'static>, _>(9, delivery);
        is_read_again::<Note<'static>, _>(10, note);
    }

    #[test]
    fn what_the_first_byte_tells_apart_is_written_and_read_by_itself() {
        let push = Push { head: "a", size: None };
        for (author, json) in [
            (Author::Id(7), "7"),
            (Author::Name("a"), r#""a""#),
            (Author::By(push), r#"{"head":"a"}"#),
            (Author::Several(&["a", "b"]), r#"["a","b"]"#),
            (Author::Nobody, "null"),
        ] {
            assert_eq!(serde_json::to_string(&author).unwrap(), json);
            let owned = serde_json::from_str::<OwnedAuthor>(json).unwrap();
            assert_eq!(owned, author.into_owned());
            assert_eq!(serde_json::to_string(&owned).unwrap(), json);
        }
        assert_eq!(serde_json::from_str::<Step>("[1,2]").unwrap(), Step::Sizes([1, 2]));
        let error = |text: &str| serde_json::from_str::<OwnedAuthor>(text).unwrap_err().to_string();
        let words = "an integer, a string, an object, an array or null";
        assert_eq!(
            error("true"),
            format!("wrong-type at (document): expected {words}, found true")
        );
        assert_eq!(error(r#"["a",1]"#), "wrong-type at /1: expected a string, found 1");
        assert!(error(r#"{"size":1}"#).starts_with("missing-member at /head: "));
    }

    #[test]
    fn what_a_tag_tells_apart_is_written_behind_the_tag() {
        let news = News::Push(Push { head: "main", size: Some(2) });
        let by = Some(By::Other);
        let delivery = Delivery { id: "1", news, by, others: &[By::Nobody] };
        let text = r#"{"id":"1","type":"Push","payload":{"head":"main","size":2},"by":{"kind":"other"},"others":[{"kind":"nobody"}]}"#;
        assert_eq!(serde_json::to_string(&delivery).unwrap(), text);
        assert_eq!(serde_json::to_string(&News::Ping).unwrap(), r#"{"type":"Ping"}"#);
        let by = By::Pusher(Push { head: "a", size: None });
        assert_eq!(serde_json::to_string(&by).unwrap(), r#"{"kind":"pusher","head":"a"}"#);
        assert_eq!(serde_json::from_str::<OwnedBy>(r#"{"kind":"x"}"#).unwrap(), OwnedBy::Other);
    }

    /// That a value which holds a document is read as the document is.
    fn is_read_from_a_value<D: Document, T>(seed: u64, document: fn(&mut Draw) -> String)
    where
        for<'a> D::View<'a>: Serialize + IntoOwned<Owned = T>,
        T: Serialize + DeserializeOwned,
    {
        for_each::<D>(seed, document, |text, view| {
            let value: Value = serde_json::from_str(text).unwrap();
            let owned: T = serde_json::from_value(value).unwrap();
            let [owned, view] = [serde_json::to_value(&owned), serde_json::to_value(view)];
            assert_eq!(owned.unwrap(), view.unwrap(), "{text}");
        });
    }

    #[test]
    fn what_a_value_holds_is_read_as_a_document_is() {
        is_read_from_a_value::<views::Event<'static>, _>(1, documents::event);
        is_read_from_a_value::<views::Flat<'static>, _>(2, documents::flat);
        is_read_from_a_value::<views::Patch<'static>, _>(4, documents::patch);
    }

    /// An event as serde derives it: what is absent is left out, and all else written.
    mod peers {
        use super::*;
        use serde_json::value::RawValue;

        type Text<'a> = Cow<'a, str>;

        #[derive(Deserialize, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub(super) struct Event<'a> {
            #[serde(alias = "eventId", alias = "n\u{b0}\"")]
            id: Text<'a>,
            #[serde(rename = "type")]
            kind: Kind<'a>,
            actor: Actor<'a>,
            public: bool,
            created_at: Text<'a>,
            #[serde(alias = "body", alias = "data", alias = "content_of_the_event")]
            #[serde(skip_serializing_if = "Option::is_none")]
            payload: Option<Payload<'a>>,
            #[serde(default, alias = "tags")]
            labels: Vec<Label<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            r#ref: Option<Text<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            other_kinds: Option<Vec<Kind<'a>>>,
        }

        #[derive(Deserialize, Serialize)]
        #[serde(rename_all = "kebab-case")]
        enum Kind<'a> {
            Push,
            #[serde(alias = "pr", alias = "merge")]
            PullRequest,
            #[serde(rename = "")]
            Nothing,
            #[serde(untagged)]
            Other(Text<'a>),
        }

        #[derive(Deserialize, Serialize)]
        struct Actor<'a> {
            id: u64,
            #[serde(rename = "display_login")]
            login: Text<'a>,
            #[serde(default)]
            site_admin: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            url: Option<Text<'a>>,
        }

        #[derive(Deserialize, Serialize)]
        struct Payload<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            size: Option<i32>,
            commits: Vec<Commit<'a>>,
            #[serde(default)]
            head: Text<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            meta: Option<Box<RawValue>>,
            raw: Box<RawValue>,
            #[serde(skip_serializing_if = "Option::is_none")]
            scores: Option<Vec<Option<f64>>>,
        }

        #[derive(Deserialize, Serialize)]
        struct Commit<'a> {
            sha: Text<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            author: Option<Author<'a>>,
            message: Text<'a>,
            distinct: bool,
            parents: Vec<Text<'a>>,
        }

        #[derive(Deserialize, Serialize)]
        struct Author<'a> {
            name: Text<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            email: Option<Text<'a>>,
        }

        #[derive(Deserialize, Serialize)]
        struct Label<'a> {
            #[serde(alias = "label")]
            name: Text<'a>,
        }
    }

    #[test]
    fn events_are_written_as_serde_writes_them() {
        let mut equal = 0;
        for_each::<views::Event<'static>>(7, documents::event, |text, view| {
            let peer: peers::Event<'_> = serde_json::from_str(text).unwrap();
            let (ours, theirs) =
                [serde_json::to_string(&view), serde_json::to_string(&peer)].into();
            let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
            // What is kept as it is written, is not written so.
            let [our, their] =
                [&ours, &theirs].map(|json| serde_json::from_str::<Value>(json).unwrap());
            assert_eq!(our, their, "{text}");
            equal += usize::from(ours == theirs);
        });
        assert!(equal > ROUNDS / 4, "{equal}");
    }

    #[test]
    fn members_are_written_in_their_order_by_their_names() {
        let arena = Arena::new();
        let view = Parser::<Ticket<'static>>::new().parse(TICKET, &arena).unwrap();
        let json =
            r#"{"type":"ticket","NUMBER":"7","SEAT":12,"ZONE":"A","CLASS":"First","cents":3}"#;
        assert_eq!(serde_json::to_string(view).unwrap(), json);
        let owned: OwnedTicket = serde_json::from_slice(TICKET).unwrap();
        assert_eq!(
            (owned, serde_json::from_str(json).unwrap()),
            (view.into_owned(), view.into_owned())
        );
        let text = json.replace("ticket", "token");
        let error = serde_json::from_str::<OwnedTicket>(&text).unwrap_err();
        assert!(error.to_string().starts_with("wrong-constant at /type: "), "{error}");
    }

    #[test]
    fn others_are_written_behind_what_is_named() {
        let text = br#"{"x":{"y":[1, 2.50]},"cents":3,"room":"a","x":null,"height":null,"n":1}"#;
        let arena = Arena::new();
        let shelf = Parser::<SparseShelf<'static>>::new().parse(text, &arena).unwrap();
        let json = r#"{"shelfNumber":1,"depth":0,"height":null,"room":"a","cents":3,"x":{"y":[1,2.5]},"x":null}"#;
        assert_eq!(serde_json::to_string(shelf).unwrap(), json);
        let owned: OwnedSparseShelf = serde_json::from_slice(text).unwrap();
        assert_eq!(serde_json::to_string(&owned).unwrap(), json);
        assert_eq!(owned.others.len(), 2);
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(rename_all = "lowercase", owned = "OwnedState", serde)]
    enum State<'a> {
        Queued,
        #[view(other)]
        Other(&'a str),
    }

    #[test]
    fn choices_and_texts_are_read_by_themselves() {
        let read = serde_json::from_str::<OwnedState>;
        assert_eq!(read(r#""queued""#).unwrap(), OwnedState::Queued);
        assert_eq!(read(r#""lost""#).unwrap(), OwnedState::Other("lost".into()));
        assert!(read("1").is_err());
        // What is kept if the options say so is not kept here, where there are none.
        let read = serde_json::from_str::<jobview::owned::JobStatus>;
        assert_eq!(read(r#""queued""#).unwrap(), jobview::owned::JobStatus::Queued);
        assert!(read(r#""lost""#).is_err());
        let read = serde_json::from_str::<Class>;
        assert_eq!(
            (read(r#""1""#).unwrap(), read(r#""First""#).unwrap()),
            (Class::First, Class::First)
        );
        let error = read(r#""first""#).unwrap_err().to_string();
        assert!(
            error.starts_with("unknown variant `first`, expected one of `First`, `1`, `Second`"),
            "{error}"
        );
        assert_eq!(serde_json::to_string(&Class::First).unwrap(), r#""First""#);
        let read = serde_json::from_str::<OwnedCode>;
        assert_eq!(serde_json::to_string(&read(r#""\u0061""#).unwrap()).unwrap(), r#""a""#);
        assert_eq!(serde_json::to_string(&Code("a")).unwrap(), r#""a""#);
        assert_eq!(Code("a").into_owned(), OwnedCode("a".into()));
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(format = "a code", check = str::is_ascii, owned = "OwnedCode", serde)]
    struct Code<'a>(&'a str);

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(serde)]
    struct Wide {
        signed: i128,
        unsigned: u128,
        long: u64,
        single: f32,
        double: f64,
        many: [u8; 40],
    }

    #[test]
    fn numbers_are_written_exactly() {
        let many = [7; 40];
        let wide = |signed, unsigned, single, double| Wide {
            signed,
            unsigned,
            long: u64::MAX,
            single,
            double,
            many,
        };
        let arena = Arena::new();
        let mut parser = Parser::<Wide>::new();
        for view in [
            wide(i128::MIN, u128::MAX, f32::MIN_POSITIVE, f64::MAX),
            wide(i128::MAX, 0, f32::MAX, f64::MIN_POSITIVE),
            wide(-1, 1 << 64, 0.1, 0.1),
            wide(0, 1, -0.0, 5e-324),
            wide(i64::MIN.into(), u64::MAX.into(), 1e-45, 9007199254740993.0),
        ] {
            let json = serde_json::to_string(&view).unwrap();
            let again = parser.parse(json.as_bytes(), &arena).unwrap();
            assert_eq!(again, &view, "{json}");
            let bits = |view: &Wide| (view.single.to_bits(), view.double.to_bits());
            assert_eq!(bits(again), bits(&view), "{json}");
            let mut cbor = vec![];
            ciborium::into_writer(&view, &mut cbor).unwrap();
            assert_eq!(ciborium::from_reader::<Wide, _>(&*cbor).unwrap(), view);
        }
        // A tree of serde_json has integers of 64 bits.
        let view = wide(i64::MIN.into(), u64::MAX.into(), 0.1, 0.1);
        let tree = serde_json::to_value(view).unwrap();
        assert_eq!(serde_json::from_value::<Wide>(tree).unwrap(), view);
    }

    #[test]
    fn sparse_jobs_are_written_as_they_were_read() {
        let mut parser = Parser::<SparseJobPage<'static>>::new();
        let (mut draw, mut accepted) = (Draw::new(8), 0);
        for _ in 0..ROUNDS {
            let (arena, text) = (Arena::new(), documents::sparse_jobs(&mut draw));
            let Ok(page) = parser.parse(text.as_bytes(), &arena) else { continue };
            let value = serde_json::to_value(page).unwrap();
            let mut expected: Value = serde_json::from_str(&text).unwrap();
            for job in expected["data"].as_array_mut().unwrap() {
                // What is not there is written as it is read.
                let job = job.as_object_mut().unwrap();
                job.entry("attributes").or_insert_with(|| serde_json::json!({}));
            }
            assert_eq!(value, expected, "{text}");
            let owned: jobview::owned::sparse::JobPage = serde_json::from_value(expected).unwrap();
            assert_eq!(owned, page.into_owned(), "{text}");
            accepted += 1;
        }
        assert!(accepted > ROUNDS / 4 && accepted < ROUNDS, "{accepted}");
    }
}
