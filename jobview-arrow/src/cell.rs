//! One value of a row, on its way into a column.

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

/// Where a value goes.
pub(crate) struct Cell<'c> {
    pub(crate) column: &'c mut Column,
    pub(crate) options: &'c TableOptions,
    /// What is wrong with the value, in words, if it has no place here.
    pub(crate) why: &'c mut Option<String>,
}

/// Whether a value has been put into its column. It is small, because there is one for each value.
pub(crate) type Put = Result<(), AppendErrorKind>;

impl From<ColumnFull> for AppendErrorKind {
    fn from(_: ColumnFull) -> Self {
        Self::Full
    }
}

impl Cell<'_> {
    pub(crate) fn text(self, text: &str) -> Put {
        Ok(self.column.push_text(text)?)
    }

    pub(crate) fn optional_text(self, text: Option<&str>) -> Put {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    pub(crate) fn bytes(self, bytes: &[u8]) -> Put {
        Ok(self.column.push_bytes(bytes)?)
    }

    pub(crate) fn bool(self, value: bool) -> Put {
        self.column.push_bool(value);
        Ok(())
    }

    pub(crate) fn unsigned(self, number: u64) -> Put {
        self.column.push_u64(number);
        Ok(())
    }

    pub(crate) fn number(self, number: Option<i64>) -> Put {
        match number {
            Some(number) => self.column.push_i64(number),
            None => self.column.push_null(),
        }
        Ok(())
    }

    pub(crate) fn timestamp(self, timestamp: Option<Timestamp<'_>>) -> Put {
        let Some(timestamp) = timestamp else { return self.null() };
        if self.options.timestamps == Timestamps::Text {
            return self.text(timestamp.as_str());
        }
        match timestamp.unix_micros() {
            Ok(micros) => self.column.push_i64(micros),
            Err(_) if self.options.timestamps == Timestamps::Null => self.column.push_null(),
            Err(error) => {
                *self.why = Some(error.to_string());
                return Err(AppendErrorKind::Timestamp);
            }
        }
        Ok(())
    }

    pub(crate) fn status(self, status: Option<JobStatus<'_>>) -> Put {
        let Some(status) = status else { return self.null() };
        if self.options.status == StatusType::Text {
            return self.text(status.as_str());
        }
        match JobStatus::ALL.iter().position(|&known| known == status) {
            Some(index) => self.column.push_choice(index),
            None => {
                let name = status.as_str();
                let why =
                    format!("the status {name:?} is not in the schema; keep statuses as text");
                *self.why = Some(why);
                return Err(AppendErrorKind::Status);
            }
        }
        Ok(())
    }

    pub(crate) fn ids<'a>(self, ids: Option<impl Iterator<Item = &'a str>>) -> Put {
        match ids {
            Some(ids) => Ok(self.column.push_texts(ids)?),
            None => self.null(),
        }
    }

    fn null(self) -> Put {
        self.column.push_null();
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
