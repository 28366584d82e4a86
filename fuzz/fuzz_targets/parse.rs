//! Any bytes, any options: no crash, and errors point into the input.

#![no_main]

use arbitrary::Arbitrary;
use jobview::{Bump, Options, Parser, UnknownMembers};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'b> {
    reject_unknown: bool,
    max_depth: Option<u16>,
    max_record_bytes: Option<u16>,
    max_arena_bytes: Option<u16>,
    json: &'b [u8],
}

fuzz_target!(|input: Input<'_>| {
    let mut options = Options::new();
    if input.reject_unknown {
        options = options.unknown_members(UnknownMembers::Reject);
    }
    if let Some(depth) = input.max_depth {
        options = options.max_depth(depth);
    }
    if let Some(bytes) = input.max_record_bytes {
        options = options.max_record_bytes(bytes.into());
    }
    if let Some(bytes) = input.max_arena_bytes {
        options = options.max_arena_bytes(bytes.into());
    }
    let arena = Bump::new();
    match Parser::with_options(options).parse(input.json, &arena) {
        Ok(response) => {
            assert!(response.data.id.len() <= input.json.len());
            let _ = response.data.attributes.created_at.unix_micros();
        }
        Err(error) => {
            assert!(error.offset() <= input.json.len() as u64);
            assert!(error.line() >= 1 && error.column() >= 1);
            assert!(error.pointer().is_empty() || error.pointer().starts_with('/'));
            assert!(!error.to_string().contains(char::is_control));
        }
    }
});
