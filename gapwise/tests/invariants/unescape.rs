//! Any string: the reference reads it as serde_json does, and each kernel as the reference.

use gapwise::fuzzing::{kernel_string, reference_string, short_string, skip_value};
use gapwise::{ErrorKind, Kernel};

pub(crate) fn check(text: &[u8]) {
    // The text ends where its memory does.
    let text = &*[b"\"", text].concat().into_boxed_slice();
    let reference = reference_string(text);

    let mut strings = serde_json::Deserializer::from_slice(text).into_iter::<String>();
    match (strings.next(), &reference) {
        (Some(Ok(expected)), Ok((denoted, end))) => {
            assert_eq!((&expected, strings.byte_offset()), (denoted, *end));
        }
        (Some(Err(_)), Err((kind, offset))) => {
            assert_eq!(*kind == ErrorKind::UnexpectedEnd, *offset == text.len());
            // What has gone wrong stays wrong, whatever follows.
            if *kind != ErrorKind::UnexpectedEnd {
                assert_eq!(reference_string(&[text, b"0\""].concat()), reference);
            }
        }
        (expected, found) => panic!("serde_json: {expected:?}, the reference: {found:?}"),
    }

    let end = reference.as_ref().map(|&(_, end)| end).map_err(|&fault| fault);
    for kernel in Kernel::available() {
        if let Some(read) = kernel_string(kernel, text) {
            assert_eq!(Ok(read), reference, "{kernel}");
        }
        assert_eq!(skip_value(kernel, text), end, "{kernel}");
    }
    let denoted = reference.as_ref().map_or("", |(denoted, _)| denoted);
    if let Some((is_it, short_end)) = short_string(text, denoted) {
        assert!(is_it);
        assert_eq!(Ok(short_end), end);
    }
}
