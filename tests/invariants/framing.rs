//! Any bytes in any framing: records cover the input in order, nothing is lost and nothing comes twice.
//!
//! The first byte chooses the framing, or has it detected.

use jobview::{Arena, Framing, JobResponse, Options};

const FRAMINGS: [Option<Framing>; 4] =
    [None, Some(Framing::Ndjson), Some(Framing::Array), Some(Framing::Concatenated)];

pub(crate) fn check(input: &[u8]) {
    let Some((&choice, input)) = input.split_first() else { return };
    let mut options = Options::new();
    if let Some(framing) = FRAMINGS[usize::from(choice) % FRAMINGS.len()] {
        options = options.framing(framing);
    }
    let arena = Arena::new();
    let mut parser = options.parser::<JobResponse>();
    let mut records = parser.records(input, &arena);
    let mut covered = 0;
    let mut count = 0;
    while let Some(record) = records.next() {
        let start = records.raw().as_ptr() as usize - input.as_ptr() as usize;
        assert_separator(&input[covered..start], covered == 0 || options == Options::new());
        covered = start + records.raw().len();
        count += 1;
        assert_eq!(records.position().record(), count);
        if let Err(rejected) = record {
            assert_eq!(rejected.raw, records.raw());
            assert_eq!(rejected.error.record(), count - 1);
            let error = rejected.error.offset() as usize;
            assert!((start..=covered).contains(&error));
            let line = 1 + input[..error].iter().filter(|&&byte| byte == b'\n').count();
            assert_eq!(rejected.error.line(), line as u64);
            assert!(!rejected.remainder || covered == input.len());
        }
    }
    assert_eq!(records.position().offset(), input.len() as u64);
    assert_separator(&input[covered..], covered == 0 || options == Options::new());
}

/// `marks` says whether byte order marks may be among them.
fn assert_separator(bytes: &[u8], marks: bool) {
    let text = String::from_utf8(bytes.to_vec()).expect("it is white space and punctuation");
    assert!(text.chars().all(|c| " \t\r\n,[]\x1e".contains(c) || marks && c == '\u{feff}'));
}
