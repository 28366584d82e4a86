//! jiter, the parser under pydantic.

use super::Contender;
use crate::digest::Sink;
use crate::model::JobResponse;

pub(super) struct Jiter;

impl Contender for Jiter {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        match jiter::serde::from_slice::<JobResponse<'_>>(json) {
            Ok(view) => sink.accept(&view),
            Err(_) => sink.reject(),
        }
    }
}
