//! Bytes with a meaning in every framing: separators, byte order marks, white space.

use crate::decode::skip_whitespace;

/// The record separator of RFC 7464.
pub(super) const RECORD_SEPARATOR: u8 = 0x1e;

/// How many bytes after a record of the largest size matter: to see what follows it, and for messages, which quote a
/// little of the text.
pub(crate) const LOOK_AHEAD: usize = 16 << 10;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Where the input begins after a UTF-8 byte order mark, if it has one (RFC 8259 section 8.1).
pub(crate) fn skip_byte_order_mark(input: &[u8]) -> usize {
    if input.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
}

/// Whether too few bytes have arrived to tell if the input has a byte order mark.
pub(super) fn may_become_byte_order_mark(input: &[u8]) -> bool {
    input.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(input)
}

/// Whether there is only white space.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    skip_whitespace(bytes, 0) == bytes.len()
}
