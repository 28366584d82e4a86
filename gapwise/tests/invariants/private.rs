//! The fuzz targets that are about private functions, as a part of the library's own tests.

mod integers;
mod kernels;
mod regressions;
mod unescape;

use regressions::try_again;

/// Where the inputs of all fuzz targets are.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/regressions");

#[test]
fn regressions_of_kernels() {
    try_again("kernels", kernels::check);
}

#[test]
fn regressions_of_unescape() {
    try_again("unescape", unescape::check);
}

#[test]
fn regressions_of_integers() {
    try_again("integers", integers::check);
}
