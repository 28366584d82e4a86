//! JSONTestSuite: what a JSON parser must accept (`y_`), must reject (`n_`), and may decide (`i_`).
//!
//! The suite, by Nicolas Seriot, is no part of this project: <https://github.com/nst/JSONTestSuite>. The variable
//! `JSON_TEST_SUITE` names its folder `test_parsing`. Without it the tests are left out, and counted as ignored. With it they
//! fail where files are missing.
//!
//! Each file stands as the value of an unknown member of a valid document, through every entry point, with
//! each kernel: for a parser that does not learn, and for one that has learned from such documents.

use jobview::{Arena, Framing, JobResponse, Kernel, Options, Parser};
use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where the files come from, for those who have none.
const SOURCE: &str = "clone https://github.com/nst/JSONTestSuite, and set JSON_TEST_SUITE to its folder test_parsing";

/// The files of each kind: `y_`, `n_`, `i_`.
const COUNTS: [(&str, usize); 3] = [("y_", 95), ("n_", 188), ("i_", 35)];

/// Of the files that a parser may decide on, those that are accepted: numbers of any size have the grammar
/// of RFC 8259, and nesting is allowed to a depth of 1,024. Rejected are all others, for they are not
/// UTF-8, or have a lone surrogate, or a byte order mark within the text.
const ACCEPTED: [&str; 11] = [
    "i_number_double_huge_neg_exp.json",
    "i_number_huge_exp.json",
    "i_number_neg_int_huge_exp.json",
    "i_number_pos_double_huge_exp.json",
    "i_number_real_neg_overflow.json",
    "i_number_real_pos_overflow.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
    "i_structure_500_nested_arrays.json",
];

const JOB: &str = concat!(
    r#""data":{"type":"profile-bulk-import-job","id":"1","attributes":{"status":"queued","#,
    r#""created_at":"2026-09-04T13:40:00+00:00","total_count":0},"links":{"self":""}}"#
);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = match std::env::var_os("JSON_TEST_SUITE") {
        Some(folder) => suite(Path::new(&folder)),
        None => {
            eprintln!("JSONTestSuite is left out: to run it, {SOURCE}");
            let name = "json_test_suite_left_out_because_JSON_TEST_SUITE_is_not_set";
            vec![Trial::test(name, || Ok(())).with_ignored_flag(true)]
        }
    };
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn suite(folder: &Path) -> Vec<Trial> {
    let mut files: Vec<PathBuf> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => {
            let message = format!("{}: {error}; {SOURCE}", folder.display());
            return vec![Trial::test("json_test_suite_is_there", || Err(Failed::from(message)))];
        }
    };
    files.sort();
    let names: Vec<String> = files.iter().map(|file| name(file)).collect();
    let complete = Trial::test("json_test_suite_is_complete", move || {
        for (prefix, expected) in COUNTS {
            let count = names.iter().filter(|name| name.starts_with(prefix)).count();
            if count != expected {
                return Err(format!("{count} files {prefix}, expected {expected}; {SOURCE}").into());
            }
        }
        Ok(())
    });
    let files = files.into_iter().map(|file| Trial::test(name(&file), move || check(&file)));
    std::iter::once(complete).chain(files).collect()
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn check(file: &Path) -> Result<(), Failed> {
    let name = name(file);
    let expected = name.starts_with("y_") || ACCEPTED.contains(&&*name);
    let value = std::fs::read(file)?;
    for kernel in Kernel::available() {
        let plain = Options::new().kernel(kernel);
        check_each_entry(&value, expected, |framing| {
            let plain = framing.map_or(plain, |framing| plain.framing(framing));
            plain.learning(false).parser::<JobResponse>()
        })?;
        check_each_entry(&value, expected, |framing| {
            learned(framing.map_or(plain, |framing| plain.framing(framing)))
        })?;
    }
    Ok(())
}

/// The document with this value of the member that the schema does not know.
fn with(value: &[u8]) -> Vec<u8> {
    [b"{\"more\":", value, b",", JOB.as_bytes(), b"}"].concat()
}

/// A parser that knows the document well.
fn learned(options: Options) -> Parser {
    let mut parser = options.parser::<JobResponse>();
    let arena = Arena::new();
    for value in ["0", "[\"x\"]", "null", "{}"] {
        parser.parse(&with(value.as_bytes()), &arena).expect("it is valid");
    }
    parser
}

fn check_each_entry(
    value: &[u8],
    expected: bool,
    parser: impl Fn(Option<Framing>) -> Parser,
) -> Result<(), Failed> {
    let document = with(value);
    let array = [b"[", &*document, b"]"].concat();
    let arena = Arena::new();
    let kernel = parser(None).kernel();
    let accepted = parser(None).parse(&document, &arena).is_ok();
    if accepted != expected {
        return Err(format!("{kernel}, parse: accepted is {accepted}").into());
    }
    for (framing, input) in
        [(Framing::Ndjson, &document), (Framing::Array, &array), (Framing::Concatenated, &document)]
    {
        // A newline ends the record there, whatever the value is.
        let expected = expected && !(framing == Framing::Ndjson && value.contains(&b'\n'));
        let batch = parser(Some(framing)).parse_batch(input, &arena);
        let counts = (batch.documents().len(), batch.rejected().len());
        let as_expected = match expected {
            true => counts == (1, 0),
            false => counts.0 == 0 && counts.1 > 0,
        };
        if !as_expected {
            let message = format!("{kernel}, {framing:?}: (accepted, rejected) is {counts:?}");
            return Err(message.into());
        }
        let mut reader = parser(Some(framing)).into_reader(&input[..]);
        let (mut accepted, mut rejected) = (0, 0);
        while let Some(batch) = reader.next_batch()? {
            accepted += batch.documents().len();
            rejected += batch.rejected().len();
        }
        if (accepted, rejected) != counts {
            let found = format!("({accepted}, {rejected}) from a reader, {counts:?} of the slice");
            return Err(format!("{kernel}, {framing:?}: {found}").into());
        }
    }
    Ok(())
}
