//! A progress bar on standard error.
//!
//! It is shown only on a terminal, and only if the work takes longer than a second. Code that prints to the same
//! terminal meanwhile must use [`Progress::suspended`], or not show progress at all.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(1);

const OF_BYTES: &str =
    "{bar:20} {decimal_bytes} of {decimal_total_bytes}, {decimal_bytes_per_sec}, {eta} left";
const BYTES: &str = "{spinner} {decimal_bytes}, {decimal_bytes_per_sec}";
const OF_RECORDS: &str = "{bar:20} {human_pos} of {human_len} records, {per_sec}, {eta} left";

/// A bar that appears after [`PATIENCE`] and is cleared when dropped.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    waiting: bool,
}

impl Progress {
    /// Progress in bytes, out of `total` if that is known.
    pub(crate) fn of_bytes(total: Option<u64>, wanted: bool) -> Self {
        Self::new(total, if total.is_some() { OF_BYTES } else { BYTES }, wanted)
    }

    /// Progress in records.
    pub(crate) fn of_records(total: u64, wanted: bool) -> Self {
        Self::new(Some(total), OF_RECORDS, wanted)
    }

    fn new(total: Option<u64>, template: &str, wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(template).expect("the templates are constants");
        bar.set_style(style);
        Self { bar, started: Instant::now(), waiting: wanted }
    }

    /// Sets how many bytes or records are done.
    pub(crate) fn update(&mut self, done: u64) {
        self.show_when_due();
        self.bar.set_position(done);
    }

    fn show_when_due(&mut self) {
        if self.waiting && self.started.elapsed() >= PATIENCE {
            self.waiting = false;
            // Draws nothing if standard error is not a terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Runs `print` while the bar is hidden.
    pub(crate) fn suspended(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
