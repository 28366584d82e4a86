//! Tests of the command from the user's side: arguments in; standard output, files and the exit code out.
//!
//! The counts of `generate` are the oracle for `stats` and `check`. The two share no code that knows JSON, except for
//! the reasons of rejection and what is new in a stream. No test may depend on how long something takes.

mod archives;
mod check;
mod convert;
mod counts;
mod envelopes;
mod foreign;
mod generate;
mod guesses;
mod kinds;
mod latest;
#[cfg(target_os = "linux")]
mod live;
mod manual;
mod pack;
mod patterns;
mod resume;
mod scratch;
mod stats;
mod streams;
mod threads;
