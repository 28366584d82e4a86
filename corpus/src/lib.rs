//! Synthetic documents of Klaviyo's bulk jobs, the same bytes for the same settings: every answer that
//! the endpoints of jobs give, whether these import profiles, suppress them, or work on catalogs and
//! coupon codes.
//!
//! They are the test data and the benchmark corpora of jobview, and what `jobview generate`
//! prints. [`Settings`] say what is wanted, [`Generator`] writes one record after another into a
//! buffer of the caller's, and [`Counts`] say what a correct reader must find in them.
//!
//! ```
//! use jobview_corpus::{Layout, Settings, Shape, generate};
//!
//! let (records, counts) = generate(Settings::new(7, Shape::Poll, Layout::Compact), 100);
//! assert_eq!(records.iter().filter(|&&byte| byte == b'\n').count(), 100);
//! assert_eq!(counts.documents, 100);
//! assert_eq!(counts.bytes, records.len() as u64);
//! ```
//!
//! The way of a record through the modules: `content` draws an answer and makes a `document` of it,
//! with the attributes that a `fieldset` asks for if there is one, `extras` adds members the schema
//! does not know, `breakage` breaks it where that is asked for, one of the `producers` gives it the order
//! of its members, `layout` writes it. Each of the six draws from a random stream of its own, so that one
//! choice never disturbs another: the jobs of a seed are the same in every layout.
//!
//! This package must not depend on jobview, not even in tests: a reader that checks itself against
//! data made with its own ideas proves nothing. It must do no I/O either.

mod breakage;
mod content;
mod counts;
mod document;
mod extras;
mod fieldset;
mod generator;
mod identifiers;
mod layout;
mod producers;
mod settings;

#[cfg(test)]
mod tests;

pub use counts::{Counts, KindCounts, StatusCounts};
pub use generator::{Generator, generate};
pub use settings::{ExtraMembers, Kind, Layout, Settings, Shape, UnknownName};
