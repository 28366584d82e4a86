//! sonic-rs, the fastest typed parser on stable. The target features of the build select its kernel.

use super::Contender;
use crate::digest::Sink;
use crate::model::JobResponse;

pub(super) struct SonicRs;

impl Contender for SonicRs {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        match sonic_rs::from_slice::<JobResponse<'_>>(json) {
            Ok(view) => sink.accept(&view),
            Err(_) => sink.reject(),
        }
    }
}
