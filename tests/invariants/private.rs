//! The fuzz targets that are about private functions, as a part of the library's own tests, and those that see more there:
//! that parsers which learn nothing have each document read by an index, where there is one for their kernel.

mod generated;
mod index;
mod integers;
mod kernels;
mod layouts;
#[path = "../it/mutation.rs"]
mod mutation;
#[path = "../it/peers.rs"]
mod peers;
mod regressions;
mod structured;
mod unescape;

use regressions::try_again;

#[test]
fn regressions_of_index() {
    try_again("index", index::check);
}

#[test]
fn regressions_of_layouts() {
    try_again("layouts", layouts::check);
}

#[test]
fn regressions_of_structured() {
    try_again("structured", structured::check);
}

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
