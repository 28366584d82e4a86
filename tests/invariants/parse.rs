//! Any bytes, any options: no crash; errors point into the input, and views lie in the input or the arena. The same
//! in an envelope, or as the text of a string in one, is judged as it is by itself.

use arbitrary::{Arbitrary, Unstructured};
use jobview::{
    Arena, Error, JobDocument, JobResponse, Kernel, MAX_DEPTH, Options, Pointer, UnknownMembers,
};
use std::ops::Range;

#[derive(Arbitrary, Debug)]
struct Input<'b> {
    kernel: u8,
    reject_unknown: bool,
    max_depth: Option<u16>,
    max_record_bytes: Option<u16>,
    max_arena_bytes: Option<u16>,
    json: &'b [u8],
}

impl Input<'_> {
    fn options(&self) -> Options {
        let kernels: Vec<_> = Kernel::available().collect();
        let mut options = Options::new().kernel(kernels[usize::from(self.kernel) % kernels.len()]);
        if self.reject_unknown {
            options = options.unknown_members(UnknownMembers::Reject);
        }
        if let Some(depth) = self.max_depth {
            options = options.max_depth(depth);
        }
        if let Some(bytes) = self.max_record_bytes {
            options = options.max_record_bytes(bytes.into());
        }
        if let Some(bytes) = self.max_arena_bytes {
            options = options.max_arena_bytes(bytes.into());
        }
        options
    }
}

pub(crate) fn check(data: &[u8]) {
    let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let json = input.json;
    let mut arena = Arena::new();
    let any = input.options().parser::<JobDocument>().parse(json, &arena);
    match any {
        // To show it is to read all of it.
        Ok(document) => assert!(!format!("{document:?}").is_empty()),
        Err(error) => assert_points_into(json, &error),
    }
    arena.reset();
    let parsed = input.options().parser::<JobResponse>().parse(json, &arena);
    let places = parsed.as_ref().map(|response| places(response)).unwrap_or_default();
    if let Err(error) = &parsed {
        assert_points_into(json, error);
    }
    let within = |place: &Range<usize>, memory: &Range<usize>| {
        memory.start <= place.start && place.end <= memory.end
    };
    let mut memory = vec![json.as_ptr_range()].into_iter().map(addresses).collect::<Vec<_>>();
    memory.extend(arena.memory().map(addresses));
    for place in places.iter().filter(|place| !place.is_empty()) {
        assert!(memory.iter().any(|memory| within(place, memory)), "{place:?} in {memory:?}");
    }
    check_envelopes(&input);
}

/// Where the document is in an envelope.
const BODY: Pointer = match Pointer::new("/body") {
    Ok(pointer) => pointer,
    Err(_) => panic!("no JSON pointer"),
};

/// The input as an envelope, in one, and as a string in one.
fn check_envelopes(input: &Input<'_>) {
    let json = input.json;
    let parse = |options: Options, record: &[u8]| {
        let parsed =
            options.at(BODY).parser::<JobResponse>().parse(record, &Arena::new()).map(drop);
        parsed.inspect_err(|error| assert_points_into(record, error))
    };
    let said = |error: Error| (error.kind(), error.pointer().to_owned());
    let _ = parse(input.options(), json);
    let enveloped = [b"{\"a\":[\"\\n\"],\"body\":", json, b",\"b\":{}}"].concat();
    let _ = parse(input.options(), &enveloped);
    let text = str::from_utf8(json).ok().filter(|text| !text.starts_with('\u{feff}'));
    let Some(Ok(string)) = text.map(serde_json::to_string) else { return };
    let string = format!("{{\"body\" : {string}}}").into_bytes();
    let _ = parse(input.options(), &string);
    // Without limits but that of depth, what is said is the same.
    let bare = Options::new().max_depth(MAX_DEPTH - 1);
    let bare = bare.parser::<JobResponse>().parse(json, &Arena::new()).map(drop).map_err(said);
    let bare = bare.map_err(|(kind, pointer)| (kind, format!("/body{pointer}")));
    assert_eq!(parse(Options::new(), &string).map_err(said), bare);
    if bare.is_ok() {
        assert_eq!(parse(Options::new(), &enveloped), Ok(()));
    }
}

fn assert_points_into(json: &[u8], error: &Error) {
    let offset = usize::try_from(error.offset()).unwrap();
    let before = &json[..offset];
    let line_start =
        before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let lines = before.iter().filter(|&&byte| byte == b'\n').count();
    assert_eq!(error.line(), lines as u64 + 1);
    assert_eq!(error.column(), (offset - line_start) as u64 + 1);
    assert!(error.pointer().is_empty() || error.pointer().starts_with('/'));
    assert!(!error.to_string().contains(char::is_control));
}

fn addresses<T>(Range { start, end }: Range<*const T>) -> Range<usize> {
    start.addr()..end.addr()
}

/// Where all that a view is made of lies. Reads all of its text.
fn places(response: &JobResponse<'_>) -> Vec<Range<usize>> {
    let mut places = vec![addresses(std::slice::from_ref(response).as_ptr_range())];
    let mut text = |text: &str| {
        assert!(std::str::from_utf8(text.as_bytes()).is_ok());
        places.push(addresses(text.as_bytes().as_ptr_range()));
    };
    let job = &response.data;
    let attributes = &job.attributes;
    text(job.id);
    text(job.links.self_);
    text(attributes.created_at.as_str());
    let _ = attributes.created_at.unix_micros();
    for timestamp in [attributes.completed_at, attributes.expires_at, attributes.started_at] {
        timestamp.into_iter().for_each(|timestamp| text(timestamp.as_str()));
    }
    response.links.into_iter().for_each(|links| text(links.self_));
    let related = job.relationships.as_ref();
    let lists = related.and_then(|relationships| relationships.lists);
    let profiles = related.and_then(|relationships| relationships.profiles);
    let errors = related.and_then(|relationships| relationships.import_errors);
    let of_lists = lists.and_then(|lists| lists.links);
    let of_profiles = profiles.and_then(|profiles| profiles.links);
    for links in [of_lists, of_profiles].into_iter().flatten() {
        text(links.self_);
        text(links.related);
    }
    errors.and_then(|errors| errors.links).into_iter().for_each(|links| text(links.related));
    job.lists().iter().for_each(|list| text(list.id));
    job.profiles().iter().for_each(|profile| text(profile.id));
    job.import_errors().iter().for_each(|error| text(error.id));
    places.push(addresses(job.lists().as_ptr_range()));
    places.push(addresses(job.profiles().as_ptr_range()));
    places.push(addresses(job.import_errors().as_ptr_range()));
    places
}
