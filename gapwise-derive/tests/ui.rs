//! What is refused, in the words of the compiler, and what is not.

#[test]
fn what_nothing_can_be_written_into_is_refused_where_it_stands() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/good/*.rs");
    cases.compile_fail("tests/ui/*.rs");
}
