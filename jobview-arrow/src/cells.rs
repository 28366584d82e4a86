//! Values of rows, on their way into a column.

use crate::options::{StatusType, TableOptions, Timestamps};
use jobview::gapwise::columns::{Column, ColumnFull, ColumnType, Field};
use jobview::{JobStatus, Timestamp};
use std::fmt;

/// What a column of one of our tables holds. How some of it is kept, options say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text,
    Json,
    Binary,
    Bool,
    Int64,
    UInt64,
    Timestamp,
    Status,
    /// A list of identifiers.
    Ids,
}

impl Content {
    pub(crate) fn column_type(self, options: &TableOptions) -> ColumnType {
        match self {
            Self::Text => ColumnType::Text,
            Self::Json => ColumnType::Json,
            Self::Binary => ColumnType::Binary,
            Self::Bool => ColumnType::Bool,
            Self::Int64 => ColumnType::Int64,
            Self::UInt64 => ColumnType::UInt64,
            Self::Timestamp => match options.timestamps {
                Timestamps::Text => ColumnType::Text,
                Timestamps::Reject | Timestamps::Null => ColumnType::Timestamp,
            },
            Self::Status => match options.status {
                StatusType::Dictionary => ColumnType::Choice(&STATUSES),
                StatusType::Text => ColumnType::Text,
            },
            Self::Ids => ColumnType::List(Box::new(Field::new("element", ColumnType::Text, false))),
        }
    }
}

/// The names of the statuses, in the order of their indices.
const STATUSES: [&str; JobStatus::ALL.len()] = {
    let mut names = [""; JobStatus::ALL.len()];
    let mut n = 0;
    while n < names.len() {
        names[n] = JobStatus::ALL[n].as_str();
        n += 1;
    }
    names
};

/// Where the values of a column go.
pub(crate) struct Cells<'c> {
    pub(crate) column: &'c mut Column,
    pub(crate) options: &'c TableOptions,
}

/// Whether values have been put into their column.
pub(crate) type Put = Result<(), Refused>;

/// Why a value has no place in its column.
pub(crate) struct Refused {
    pub(crate) kind: AppendErrorKind,
    /// What is wrong with it, in words; `None` if there is no room.
    pub(crate) why: Option<String>,
}

impl From<ColumnFull> for Refused {
    fn from(_: ColumnFull) -> Self {
        Self { kind: AppendErrorKind::Full, why: None }
    }
}

impl Cells<'_> {
    pub(crate) fn texts<'r, R, V: Into<Option<&'r str>>>(
        self,
        rows: &'r [R],
        of: impl Fn(&'r R) -> V,
    ) -> Put {
        match rows {
            // What pays for many texts costs more for one.
            [row] => match of(row).into() {
                Some(text) => self.column.push_text(text)?,
                None => self.column.push_null(),
            },
            _ => self.column.extend_text(rows.iter().map(|row| of(row).into()))?,
        }
        Ok(())
    }

    pub(crate) fn bytes<'r, R>(self, rows: &'r [R], of: impl Fn(&'r R) -> &'r [u8]) -> Put {
        Ok(rows.iter().try_for_each(|row| self.column.push_bytes(of(row)))?)
    }

    pub(crate) fn bools<R>(self, rows: &[R], of: impl Fn(&R) -> bool) -> Put {
        self.column.extend_bool(rows.iter().map(|row| Some(of(row))));
        Ok(())
    }

    pub(crate) fn unsigned<R>(self, rows: &[R], of: impl Fn(&R) -> u64) -> Put {
        self.column.extend_u64(rows.iter().map(|row| Some(of(row))));
        Ok(())
    }

    pub(crate) fn numbers<R>(self, rows: &[R], of: impl Fn(&R) -> Option<i64>) -> Put {
        self.column.extend_i64(rows.iter().map(of));
        Ok(())
    }

    pub(crate) fn timestamps<'r, R>(
        self,
        rows: &'r [R],
        of: impl Fn(&'r R) -> Option<Timestamp<'r>>,
    ) -> Put {
        let is_refused = match self.options.timestamps {
            Timestamps::Text => return self.texts(rows, |row| of(row).map(Timestamp::as_str)),
            Timestamps::Reject => true,
            Timestamps::Null => false,
        };
        let mut refused = None;
        self.column.extend_i64(rows.iter().map(|row| {
            let micros = of(row)?.unix_micros();
            micros.map_err(|error| refused = Some(error)).ok()
        }));
        match refused.filter(|_| is_refused) {
            Some(error) => {
                Err(Refused { kind: AppendErrorKind::Timestamp, why: Some(error.to_string()) })
            }
            None => Ok(()),
        }
    }

    pub(crate) fn statuses<'r, R>(
        self,
        rows: &'r [R],
        of: impl Fn(&'r R) -> Option<JobStatus<'r>>,
    ) -> Put {
        if self.options.status == StatusType::Text {
            return self.texts(rows, |row| of(row).map(|status| status.as_str()));
        }
        let mut unknown = None;
        self.column.extend_choices(rows.iter().map(|row| {
            let status = of(row)?;
            let index = JobStatus::ALL.iter().position(|&known| known == status);
            if index.is_none() {
                unknown = Some(status);
            }
            index
        }));
        match unknown {
            Some(status) => {
                let name = status.as_str();
                let why =
                    format!("the status {name:?} is not in the schema; keep statuses as text");
                Err(Refused { kind: AppendErrorKind::Status, why: Some(why) })
            }
            None => Ok(()),
        }
    }

    pub(crate) fn ids<'r, R, I: Iterator<Item = &'r str>>(
        self,
        rows: &'r [R],
        of: impl Fn(&'r R) -> Option<I>,
    ) -> Put {
        match rows {
            [row] => match of(row) {
                Some(ids) => self.column.push_texts(ids)?,
                None => self.column.push_null(),
            },
            _ => self.column.extend_texts(rows.iter().map(of))?,
        }
        Ok(())
    }
}

/// The error for a document that has no place in a table. The table is as it was before.
///
/// ```
/// use jobview::{Arena, JobPage, Parser};
/// use jobview_arrow::{AppendErrorKind, JobTable, TableOptions};
///
/// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"},
///     "attributes": {"status": "queued", "created_at": "yesterday", "total_count": 3}}]}"#;
/// let arena = Arena::new();
/// let page = Parser::<JobPage>::new().parse(json, &arena)?;
/// let mut table = JobTable::new(&TableOptions::new())?;
/// let error = table.append(&page.data[0]).unwrap_err();
/// assert_eq!((error.kind(), error.column()), (AppendErrorKind::Timestamp, "created_at"));
/// assert!(table.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppendError {
    pub(crate) column: &'static str,
    pub(crate) kind: AppendErrorKind,
    pub(crate) why: Option<String>,
}

/// Why a document has no place in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AppendErrorKind {
    /// A column would have more than 2 GiB of text, or more than 2^31 - 1 identifiers. If the table has rows, finish it
    /// and append again.
    Full,
    /// A text is not an RFC 3339 date and time, and the option is [`Timestamps::Reject`].
    Timestamp,
    /// The status is not one of those in the schema, and the option is [`StatusType::Dictionary`]. Only a parser with
    /// `Options::unknown_variants` accepts such documents.
    Status,
}

impl AppendError {
    /// Why there is no place.
    pub const fn kind(&self) -> AppendErrorKind {
        self.kind
    }

    /// The name of the column.
    pub const fn column(&self) -> &'static str {
        self.column
    }
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column;
        match &self.why {
            Some(why) => write!(f, "column {column}: {why}"),
            None => write!(f, "column {column}: {ColumnFull}"),
        }
    }
}

impl std::error::Error for AppendError {}
