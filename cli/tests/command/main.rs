//! The command as its users meet it: arguments in; standard output, files and the exit code out.
//!
//! What `generate` says it wrote is the oracle for what `stats` and `check` find: the two share no code
//! that knows JSON, but for why records are rejected and what is new in a stream. Nothing here may depend
//! on how long something takes.

mod archives;
mod check;
mod counts;
mod envelopes;
mod foreign;
mod generate;
mod guesses;
mod kinds;
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
