//! Events of a code host: texts, links and numbers. Many members occur in only one kind of event. They are read with
//! all members, and with five of them.

use super::Schema;
use super::draw::{Draw, Json, Style, null, plain, text};
use super::twins::{Describe, twins};
use gapwise::Document;

twins! {
    struct Event<'a> {
        id: &'a str,
        #[serde(rename = "type")]
        kind: &'a str,
        actor: Account<'a>,
        repo: Repository<'a>,
        payload: Payload<'a>,
        public: bool,
        created_at: &'a str,
        org: Option<Account<'a>>,
    }

    struct Account<'a> {
        id: u64,
        login: &'a str,
        display_login: Option<&'a str>,
        gravatar_id: &'a str,
        url: &'a str,
        avatar_url: &'a str,
    }

    struct Repository<'a> {
        id: u64,
        name: &'a str,
        url: &'a str,
    }

    struct Payload<'a> {
        action: Option<&'a str>,
        push_id: Option<u64>,
        size: Option<u32>,
        distinct_size: Option<u32>,
        r#ref: Option<&'a str>,
        head: Option<&'a str>,
        before: Option<&'a str>,
        commits: Option<List<'a, Commit<'a>>>,
        ref_type: Option<&'a str>,
        master_branch: Option<&'a str>,
        description: Option<Text<'a>>,
        pusher_type: Option<&'a str>,
        issue: Option<Issue<'a>>,
    }

    struct Commit<'a> {
        sha: &'a str,
        author: Author<'a>,
        message: Text<'a>,
        distinct: bool,
        url: &'a str,
    }

    struct Author<'a> {
        email: &'a str,
        name: Text<'a>,
    }

    struct Issue<'a> {
        number: u32,
        title: Text<'a>,
        state: &'a str,
        locked: bool,
        comments: u32,
        body: Option<Text<'a>>,
    }

    struct Summary<'a> {
        id: &'a str,
        #[serde(rename = "type")]
        kind: &'a str,
        actor: Login<'a>,
        repo: Name<'a>,
        created_at: &'a str,
    }

    struct Login<'a> {
        login: &'a str,
    }

    struct Name<'a> {
        name: &'a str,
    }
}

/// With all members.
pub(super) struct All;

impl Schema for All {
    const NAME: &'static str = "events";
    type View = views::Event<'static>;
    type Model<'a> = model::Event<'a>;

    fn write(draw: &mut Draw, out: &mut Vec<u8>) {
        event(draw).write(Style::COMPACT, out);
    }

    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a) {
        view
    }
}

/// With five members of the same events.
pub(super) struct Projected;

impl Schema for Projected {
    const NAME: &'static str = "events-projected";
    type View = views::Summary<'static>;
    type Model<'a> = model::Summary<'a>;

    fn write(draw: &mut Draw, out: &mut Vec<u8>) {
        All::write(draw, out);
    }

    fn described<'v, 'a>(view: &'v <Self::View as Document>::View<'a>) -> &'v (dyn Describe + 'a) {
        view
    }
}

fn event(draw: &mut Draw) -> Json {
    let kinds = ["PushEvent", "PushEvent", "PushEvent", "CreateEvent", "WatchEvent", "IssuesEvent"];
    let kind = draw.pick(&kinds);
    let login = draw.name(3..=18);
    let repository = format!("{login}/{}", draw.name(4..=22));
    let mut members = vec![
        ("id", text((41_850_000_000 + draw.of_digits(9)).to_string())),
        ("type", text(kind)),
        ("actor", account(draw, &login, true)),
        (
            "repo",
            Json::Object(vec![
                ("id", plain(draw.of_digits(9))),
                ("url", text(format!("https://api.host.example/repos/{repository}"))),
                ("name", text(repository)),
            ]),
        ),
        ("payload", payload(draw, kind)),
        ("public", plain(!draw.one_in(50))),
        ("created_at", text(draw.time())),
    ];
    if draw.one_in(3) {
        let org = draw.name(3..=14);
        members.push(("org", account(draw, &org, false)));
    }
    Json::Object(members)
}

fn account(draw: &mut Draw, login: &str, is_person: bool) -> Json {
    let id = draw.of_digits(8);
    let mut members = vec![("id", plain(id)), ("login", text(login))];
    if is_person {
        members.push(("display_login", text(login)));
    }
    members.extend([
        ("gravatar_id", text("")),
        ("url", text(format!("https://api.host.example/users/{login}"))),
        ("avatar_url", text(format!("https://avatars.host.example/u/{id}?"))),
    ]);
    Json::Object(members)
}

fn payload(draw: &mut Draw, kind: &str) -> Json {
    Json::Object(match kind {
        "PushEvent" => {
            let branch = if draw.one_in(3) { draw.name(4..=20) } else { "main".to_owned() };
            let size = if draw.one_in(3) { draw.number(2..=6) } else { 1 };
            vec![
                ("push_id", plain(20_117_000_000 + draw.of_digits(9))),
                ("size", plain(size)),
                ("distinct_size", plain(draw.number(0..=size))),
                ("ref", text(format!("refs/heads/{branch}"))),
                ("head", text(draw.hex(40))),
                ("before", text(draw.hex(40))),
                ("commits", draw.list(size..=size, commit)),
            ]
        }
        "CreateEvent" => vec![
            ("ref", if draw.one_in(3) { null() } else { text(draw.name(4..=20)) }),
            ("ref_type", text(draw.pick(&["branch", "tag", "repository"]))),
            ("master_branch", text(draw.pick(&["main", "master"]))),
            ("description", if draw.one_in(2) { null() } else { text(draw.words(3..=16, 15)) }),
            ("pusher_type", text("user")),
        ],
        "IssuesEvent" => vec![
            ("action", text(draw.pick(&["opened", "closed", "reopened"]))),
            (
                "issue",
                Json::Object(vec![
                    ("number", plain(draw.of_digits(5))),
                    ("title", text(draw.words(3..=12, 15))),
                    ("state", text(draw.pick(&["open", "closed"]))),
                    ("locked", plain(draw.one_in(30))),
                    ("comments", plain(draw.of_digits(2))),
                    ("body", if draw.one_in(5) { null() } else { text(message(draw, 8..=90)) }),
                ]),
            ),
        ],
        _ => vec![("action", text("started"))],
    })
}

fn commit(draw: &mut Draw) -> Json {
    let (sha, name) = (draw.hex(40), draw.name(3..=14));
    let author = vec![
        ("email", text(format!("{name}@mail.example"))),
        ("name", text(if draw.one_in(10) { format!("{name} Ünal") } else { name })),
    ];
    Json::Object(vec![
        ("sha", text(&*sha)),
        ("author", Json::Object(author)),
        ("message", text(message(draw, 2..=12))),
        ("distinct", plain(!draw.one_in(8))),
        ("url", text(format!("https://api.host.example/commits/{sha}"))),
    ])
}

/// A message that may have a second paragraph, or a quotation.
fn message(draw: &mut Draw, words: std::ops::RangeInclusive<u64>) -> String {
    let mut message = draw.words(words.clone(), 25);
    if draw.one_in(4) {
        message += "\n\n";
        message += &draw.words(words, 25);
    }
    if draw.one_in(12) {
        message += &format!(": \"{}\"", draw.name(3..=9));
    }
    message
}
