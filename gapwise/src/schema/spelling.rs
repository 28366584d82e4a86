//! The strings of a schema as they are usually written, so that a few comparisons recognise them.

/// A string in its quotes, without escapes: one that [needs none](is_plain).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    /// The text between the quotes.
    pub(crate) text: &'static str,
    /// The first bytes, the first one lowest, and a mask of those that count.
    pub(super) head: u128,
    mask: u128,
    /// The last bytes, if the string is longer than that.
    tail: u128,
}

const WORD: usize = size_of::<u128>();

/// Whether a text needs no escapes in a document.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\'))
}

impl Spelling {
    /// The spelling of a text.
    pub(super) const fn new(text: &'static str) -> Self {
        let length = text.len() + 2;
        let (head, mask) = Self::word(text, 0);
        let (tail, _) = Self::word(text, length.saturating_sub(WORD));
        Self { text, head, mask, tail }
    }

    /// The bytes of the text from `first` on, as many as there are, and a mask of them.
    const fn word(text: &str, first: usize) -> (u128, u128) {
        let (mut word, mut mask, mut at) = (0, 0, 0);
        while at < WORD && first + at < text.len() + 2 {
            let is_quote = first + at == 0 || first + at == text.len() + 1;
            let byte = if is_quote { b'"' } else { text.as_bytes()[first + at - 1] };
            word |= (byte as u128) << (8 * at);
            mask |= 0xff << (8 * at);
            at += 1;
        }
        (word, mask)
    }

    /// The first bytes of a string at `at`, the first one lowest. `None` near the end of the document.
    #[inline(always)]
    pub(crate) fn head(bytes: &[u8], at: usize) -> Option<u128> {
        bytes.get(at..)?.first_chunk().map(|&head| u128::from_le_bytes(head))
    }

    /// Whether a string that begins with these bytes may be this one.
    #[inline(always)]
    pub(crate) const fn may_be(&self, head: u128) -> bool {
        (head ^ self.head) & self.mask == 0
    }

    /// Where the string at `start` ends, if it is this one.
    #[inline(always)]
    pub(crate) fn find(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let is_it = Self::head(bytes, start).is_some_and(|head| self.may_be(head));
        if is_it { self.end(bytes, start) } else { None }
    }

    /// Where the string at `start` ends, if it is this one. [`may_be`](Self::may_be) must have accepted its head.
    #[inline(always)]
    pub(crate) fn end(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let length = self.text.len() + 2;
        let end = start + length;
        let is_it = (length <= WORD
            || Self::head(&bytes[..end.min(bytes.len())], end - WORD) == Some(self.tail))
            && (length <= 2 * WORD || self.is_middle_of(&bytes[start..end]));
        is_it.then_some(end)
    }

    /// Whether all bytes between the first and the last ones are those of a string.
    #[cold]
    fn is_middle_of(&self, string: &[u8]) -> bool {
        self.text.as_bytes()[WORD - 1..].starts_with(&string[WORD..string.len() - WORD])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_is_told_from_all_that_differ_in_a_byte() {
        let name = "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz";
        for length in 0..=name.len() {
            let spelling = Spelling::new(&name[..length]);
            let quoted = format!("\"{}\"", &name[..length]);
            let text = format!("{quoted}                ");
            assert_eq!(spelling.find(text.as_bytes(), 0), Some(quoted.len()));
            for place in 0..quoted.len() {
                let mut other = text.clone().into_bytes();
                other[place] ^= 1;
                assert_eq!(spelling.find(&other, 0), None, "{length}");
            }
            for cut in 0..quoted.len() {
                assert_eq!(spelling.find(&quoted.as_bytes()[..cut], 0), None, "{length}");
            }
        }
    }
}
