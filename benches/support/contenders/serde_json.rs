//! serde_json, what everybody uses.

use super::Contender;
use crate::digest::Sink;
use crate::model::JobResponse;

pub(super) struct SerdeJson;

impl Contender for SerdeJson {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        match serde_json::from_slice::<JobResponse<'_>>(json) {
            Ok(view) => sink.accept(&view),
            Err(_) => sink.reject(),
        }
    }
}
