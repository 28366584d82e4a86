//! Which values of a column there are, and which are null.

/// A bit for each value of a column: 1 if there is a value, 0 if it is null. The least significant bit of a byte comes
/// first, as in Arrow.
///
/// ```
/// use gapwise::columns::Validity;
///
/// let mut validity = Validity::default();
/// for is_valid in [true, true, false, true] {
///     validity.push(is_valid);
/// }
/// assert_eq!((validity.len(), validity.nulls()), (4, 1));
/// assert_eq!(validity.into_bits(), Some(vec![0b1011]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    len: usize,
    nulls: usize,
    /// Empty until the first null: most columns have none.
    bits: Vec<u8>,
}

impl Validity {
    /// How many values there are, null or not.
    ///
    /// ```
    /// use gapwise::columns::Validity;
    ///
    /// let mut validity = Validity::default();
    /// validity.push(false);
    /// assert_eq!(validity.len(), 1);
    /// ```
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    ///
    /// ```
    /// use gapwise::columns::Validity;
    ///
    /// assert!(Validity::default().is_empty());
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many of them are null.
    ///
    /// ```
    /// use gapwise::columns::Validity;
    ///
    /// let mut validity = Validity::default();
    /// validity.push(false);
    /// assert_eq!(validity.nulls(), 1);
    /// ```
    pub const fn nulls(&self) -> usize {
        self.nulls
    }

    /// Whether the value at an index is not null. An index past the end is an error of the program, and panics.
    ///
    /// ```
    /// use gapwise::columns::Validity;
    ///
    /// let mut validity = Validity::default();
    /// validity.push(true);
    /// validity.push(false);
    /// assert!(validity.is_valid(0) && !validity.is_valid(1));
    /// ```
    pub fn is_valid(&self, index: usize) -> bool {
        assert!(index < self.len, "there is no such value");
        self.bits.is_empty() || self.bits[index / 8] >> (index % 8) & 1 == 1
    }

    /// Adds a value.
    ///
    /// ```
    /// use gapwise::columns::Validity;
    ///
    /// let mut validity = Validity::default();
    /// validity.push(true);
    /// assert_eq!((validity.len(), validity.nulls()), (1, 0));
    /// ```
    #[inline]
    pub fn push(&mut self, is_valid: bool) {
        if !is_valid {
            self.nulls += 1;
            if self.bits.is_empty() {
                self.fill();
            }
        }
        if self.nulls > 0 {
            let bit = u8::from(is_valid) << (self.len % 8);
            match self.bits.last_mut() {
                Some(last) if !self.len.is_multiple_of(8) => *last |= bit,
                _ => self.bits.push(bit),
            }
        }
        self.len += 1;
    }

    /// Adds values that are not null, until there are `len`.
    #[inline]
    pub(super) fn push_valid(&mut self, len: usize) {
        if self.nulls == 0 {
            self.len = len;
        }
        while self.len < len {
            self.push(true);
        }
    }

    /// Writes the ones for the values before the first null.
    fn fill(&mut self) {
        self.bits.resize(self.len / 8, u8::MAX);
        if !self.len.is_multiple_of(8) {
            self.bits.push((1 << (self.len % 8)) - 1);
        }
    }

    /// Keeps the first values only.
    pub(super) fn truncate(&mut self, len: usize) {
        if len >= self.len {
            return;
        }
        self.len = len;
        self.bits.truncate(len.div_ceil(8));
        if let Some(last) = self.bits.last_mut()
            && !len.is_multiple_of(8)
        {
            *last &= (1 << (len % 8)) - 1;
        }
        let valid: u32 = self.bits.iter().map(|byte| byte.count_ones()).sum();
        self.nulls = if self.nulls == 0 { 0 } else { len - valid as usize };
        if self.nulls == 0 {
            self.bits.clear();
        }
    }

    /// The bits; `None` if no value is null.
    ///
    /// ```
    /// use gapwise::columns::Validity;
    ///
    /// let mut validity = Validity::default();
    /// validity.push(true);
    /// assert_eq!(validity.clone().into_bits(), None);
    /// validity.push(false);
    /// assert_eq!(validity.into_bits(), Some(vec![0b01]));
    /// ```
    pub fn into_bits(self) -> Option<Vec<u8>> {
        (self.nulls > 0).then_some(self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[bool]) -> Validity {
        let mut validity = Validity::default();
        values.iter().for_each(|&is_valid| validity.push(is_valid));
        validity
    }

    #[test]
    fn each_value_has_its_bit_wherever_nulls_begin_and_the_rest_is_cut_off() {
        for len in 0..20 {
            for null in 0..len {
                let values: Vec<_> = (0..len).map(|n| n != null && n % 3 != 1).collect();
                let validity = of(&values);
                assert!((0..len).all(|n| validity.is_valid(n) == values[n]), "{values:?}");
                assert_eq!(validity.nulls(), values.iter().filter(|&&is_valid| !is_valid).count());
                for left in 0..=len {
                    let mut cut = validity.clone();
                    cut.truncate(left);
                    assert_eq!(cut, of(&values[..left]), "{values:?} to {left}");
                }
            }
        }
    }

    #[test]
    fn a_column_without_nulls_has_no_bits() {
        assert_eq!(of(&[true; 100]).into_bits(), None);
    }
}
