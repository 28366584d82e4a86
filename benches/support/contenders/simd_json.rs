//! simd-json into the typed model. Its kernel is chosen at run time.
//!
//! It changes its input, so every record is copied, into a buffer with the padding that it needs, which avoids its own
//! copy. Buffer, tape and scratch are kept.

use super::Contender;
use crate::digest::Sink;
use crate::model::JobResponse;
use serde::Deserialize as _;
use simd_json::{Buffers, Deserializer, INPUT_PADDING, Tape, fill_tape_padded};

/// What simd-json needs besides the input.
pub(crate) struct Scratch {
    input: Vec<u8>,
    buffers: Buffers,
    tape: Tape<'static>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self { input: Vec::new(), buffers: Buffers::default(), tape: Tape(Vec::new()) }
    }
}

impl Scratch {
    /// Passes the tape of a record to `read`, which returns it. `None` if the record is not JSON.
    pub(crate) fn with_tape<T>(
        &mut self,
        json: &[u8],
        read: impl for<'a> FnOnce(Tape<'a>) -> (T, Tape<'a>),
    ) -> Option<T> {
        self.input.clear();
        self.input.extend_from_slice(json);
        self.input.resize(json.len() + INPUT_PADDING, 0);
        let mut tape = std::mem::replace(&mut self.tape, Tape(Vec::new())).reset();
        let filled = fill_tape_padded(&mut self.input, json.len(), &mut self.buffers, &mut tape);
        let (result, tape) = match filled {
            Ok(()) => {
                let (result, tape) = read(tape);
                (Some(result), tape)
            }
            Err(_) => (None, tape),
        };
        self.tape = tape.reset();
        result
    }
}

#[derive(Default)]
pub(super) struct SimdJson(Scratch);

impl Contender for SimdJson {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        let accepted = self.0.with_tape(json, |tape| {
            let mut deserializer = Deserializer::from_tape(tape);
            let view = JobResponse::deserialize(&mut deserializer);
            if let Ok(view) = &view {
                sink.accept(view);
            }
            (view.is_ok(), deserializer.into_tape())
        });
        if accepted != Some(true) {
            sink.reject();
        }
    }
}
