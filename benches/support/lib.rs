//! The measuring code: corpora, contenders, workloads, limits, and the facts of a run.
//!
//! The two benches next to this folder and the package `nightly` are thin wrappers. This code must not know criterion's
//! ids or how results are shown.
//!
//! To add a contender, write a file in [`contenders`] and a line in [`contenders::ALL`]. To add a corpus, write a line
//! in [`corpus::Kind::all`]. To add a workload, write a variant of [`workload::Workload`].

pub mod bounds;
pub mod contenders;
pub mod corpus;
pub mod digest;
#[cfg(feature = "contenders")]
pub mod foreign;
pub mod instructions;
#[cfg(feature = "contenders")]
pub mod limits;
pub mod machine;
#[cfg(feature = "contenders")]
pub mod measure;
pub mod model;
#[cfg(feature = "contenders")]
pub mod readers;
pub mod run;
#[cfg(feature = "contenders")]
pub mod streams;
pub mod trials;
pub mod verdicts;
pub mod workload;
