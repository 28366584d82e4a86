//! Work is linear in the input: twice as much of it takes twice as many instructions, whatever it is.
//!
//! Instructions are counted, not time, by valgrind: the program runs itself in it, once to make an input and once
//! to make and parse it, and the difference is that of the parsers, one for documents of one kind and one for all.
//! The kernel is the best of those that valgrind knows: AVX2, on most machines.
//!
//! Without valgrind the tests are left out, and counted as ignored. The variable `VALGRIND` names it; with that they
//! fail where it is missing. `JOBVIEW_COMPLEXITY_BYTES` has another size of the smaller input, in bytes: 33554432
//! compares 32 MiB with 64, which is for an optimised build, takes a quarter of an hour, and needs 8 GB a thread
//! (`--test-threads=1`).

use jobview::{Arena, Document, Framing, JobDocument, JobResponse, Options, Pointer};
use jobview_corpus::{Layout, Settings, Shape, generate};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

/// How many bytes an input has, about; it is compared with one of twice as many.
const SIZE: usize = 1 << 15;

/// How much more a byte of the larger input may take, in percent.
const TOLERANCE: u64 = 30;

/// How many instructions a byte may take in a build that is not optimised much. The most are for records of a few bytes that
/// are all rejected.
const MOST_A_BYTE: u64 = 10_000;

/// Inputs that have brought parsers down: before, what is repeated, and after.
const CASES: [(&str, Option<Framing>, [&str; 3]); 40] = {
    const NDJSON: Option<Framing> = Some(Framing::Ndjson);
    const ARRAY: Option<Framing> = Some(Framing::Array);
    const CONCATENATED: Option<Framing> = Some(Framing::Concatenated);
    const LISTS: &str = concat!(
        r#"{"data":{"type":"profile-bulk-import-job","relationships":{"lists":{"data":[{"type":"list","#,
        r#""id":"0"}"#
    );
    // Items of arrays, of which none is the last.
    const IDENTIFIER: &str = r#"{"type":"list","id":"abcdef"},"#;
    const LIST: &str = concat!(
        r#"{"type":"list","id":"abcdef","attributes":{"name":"n","created":null,"updated":null,"#,
        r#""opt_in_process":null},"links":{"self":"l"}},"#
    );
    const JOB: &str = concat!(
        r#"{"type":"profile-bulk-import-job","id":"0","attributes":{"status":"queued","created_at":"c","#,
        r#""total_count":0},"relationships":{"lists":{"data":[{"type":"list","id":"0"}]}},"#,
        r#""links":{"self":"l"}},"#
    );
    const IMPORT_ERROR: &str = concat!(
        r#"{"data":[{"type":"import-error","id":"0","attributes":{"code":"c","title":"t","detail":"d","#,
        r#""source":{"pointer":""},"original_payload":["#
    );
    [
        ("unknown_members", NDJSON, [r#"{"a":0"#, r#","b":[1]"#, "}"]),
        ("unknown_members_with_escapes", NDJSON, [r#"{"a":0"#, r#","\u0062":"\n""#, "}"]),
        ("identifiers", NDJSON, [LISTS, r#",{"type":"list","id":"abcdef"}"#, "]}}}}"]),
        ("escaped_identifiers", NDJSON, [LISTS, r#",{"type":"list","id":"\/\u20ac"}"#, "]}}}}"]),
        ("backslashes_kept", NDJSON, [r#"{"data":{"id":""#, r"\\", r#""}}"#]),
        ("backslashes_skipped", NDJSON, [r#"{"a":""#, r"\\", r#""}"#]),
        ("backslashes_in_a_name", NDJSON, [r#"{""#, r"\\", r#"":0}"#]),
        ("backslashes_without_end", NDJSON, [r#"{"data":{"id":""#, r"\\", ""]),
        ("characters", NDJSON, [r#"{"data":{"id":""#, "\u{20ac}", r#""}}"#]),
        ("digits_kept", NDJSON, [r#"{"data":{"attributes":{"total_count":1"#, "0", "}}}"]),
        ("digits_skipped", NDJSON, [r#"{"a":1"#, "0", "}"]),
        ("white_space", NDJSON, ["{", " \t", "}"]),
        ("brackets", CONCATENATED, ["", "[", ""]),
        ("objects", CONCATENATED, ["", r#"{"a":"#, ""]),
        ("deep_values", ARRAY, ["[", "[[[[[[[[]]]]]]]],", "0]"]),
        ("enveloped_lines_that_are_not_closed", NDJSON, ["", "{\"a\":[\n", ""]),
        ("broken_lines", NDJSON, ["", "{\"data\":\n", ""]),
        ("empty_lines", NDJSON, ["", "\r\n", ""]),
        ("rejected_elements", ARRAY, ["[0", ",{}", "]"]),
        ("rejected_documents", CONCATENATED, ["", "{}", ""]),
        ("broken_documents_with_separators", CONCATENATED, ["", "\u{1e}{\"data\":", ""]),
        ("kinds_in_turn", NDJSON, ["", "{\"errors\":[{}]}\n{\"data\":[0]}\n{\"data\":{}}\n", ""]),
        ("identifiers_of_a_page", NDJSON, [r#"{"data":["#, IDENTIFIER, "0]}"]),
        ("jobs_of_a_page", NDJSON, [r#"{"data":["#, JOB, "0]}"]),
        ("included_lists", NDJSON, [r#"{"included":["#, LIST, "0]}"]),
        ("errors", NDJSON, [r#"{"errors":["#, r#"{"id":"0","code":"c"},"#, "0]}"]),
        ("payloads", NDJSON, [IMPORT_ERROR, r#"{"a":[0,"\n"]},"#, "0]}},0]}"]),
        ("white_space_before_a_kind", NDJSON, ["{\"a\":", " \t", "0,\"data\":[0]}"]),
        ("cut_lines", None, ["", "{\"data\":\n", ""]),
        ("cut_lines_that_nest", None, ["", "1,{\"a\":[\n", ""]),
        ("cut_lines_in_one", None, ["x", ",{\"a\":[1", ""]),
        ("braces_in_one_line", None, ["x", " {\"a\":1", ""]),
        ("cut_elements", None, ["[", "{\"a\":[\n{},", ""]),
        ("cut_inner_lines", None, ["{\n", "  {\"a\":[\n", ""]),
        ("pieces_of_pretty_text", None, ["", "  \"a\": {\n  },\n", ""]),
        ("lines_that_end_with_a_comma", None, ["", "{\"a\":[0]},\n", "{}\n"]),
        ("glued_documents", None, ["", "{\"data\":{}}", ""]),
        ("arrays", None, ["", "[{}]\n", ""]),
        ("elements_without_commas", None, ["[", "{}", "]"]),
        ("log_lines", None, ["", "[INFO] {main} start {\"a\":[{\"b\":1}]}\n", ""]),
    ]
};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().collect();
    if let [_, mode, case, size] = &*arguments
        && mode.starts_with("only-")
    {
        run(mode, case.parse().unwrap(), size.parse().unwrap());
        return ExitCode::SUCCESS;
    }
    let valgrind = std::env::var("VALGRIND");
    let name = valgrind.as_deref().unwrap_or("valgrind").to_owned();
    let size = match std::env::var("JOBVIEW_COMPLEXITY_BYTES") {
        Ok(bytes) => bytes.parse().expect("JOBVIEW_COMPLEXITY_BYTES is a number of bytes"),
        Err(_) => SIZE,
    };
    let is_there = Command::new(&name).arg("--version").output().is_ok();
    let trials = match is_there || valgrind.is_ok() {
        true => trials(&name, size),
        false => {
            let left_out = Trial::test("left_out_because_valgrind_is_missing", || Ok(()));
            vec![left_out.with_ignored_flag(true)]
        }
    };
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn trials(valgrind: &str, size: usize) -> Vec<Trial> {
    let trial = |case: usize| {
        let valgrind = valgrind.to_owned();
        let name = format!("{}_take_linear_work", CASES[case].0);
        Trial::test(name, move || compare(&valgrind, case, size))
    };
    (0..CASES.len()).map(trial).collect()
}

fn compare(valgrind: &str, case: usize, size: usize) -> Result<(), Failed> {
    let run = |mode, size: usize| instructions(valgrind, mode, case, size);
    // Once for all, for it takes no more than copying to make an input.
    static MADE: OnceLock<Result<u64, String>> = OnceLock::new();
    let made = MADE.get_or_init(|| run("only-made", size)).clone()?;
    let work = |size| Ok::<_, Failed>(run("only-parsed", size)?.saturating_sub(made));
    let (once, twice) = (work(size)?, work(2 * size)?);
    let [each, each_of_twice] = [once, twice / 2].map(|work| work as f64 / size as f64);
    println!(
        "{}: {each:.2} instructions a byte, {each_of_twice:.2} of twice the input",
        CASES[case].0
    );
    // The least that there is to do is to compare vectors.
    if once < size as u64 / 64 {
        return Err(format!("{once} instructions are none").into());
    }
    if once > size as u64 * MOST_A_BYTE {
        return Err(format!("{each:.0} instructions a byte are too many").into());
    }
    if twice * 100 > 2 * once * (100 + TOLERANCE) {
        return Err(format!("{once} instructions, and {twice} for twice the input").into());
    }
    Ok(())
}

/// Runs this program in valgrind.
fn instructions(valgrind: &str, mode: &str, case: usize, size: usize) -> Result<u64, String> {
    let mut command = Command::new(valgrind);
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.arg(std::env::current_exe().map_err(|error| error.to_string())?);
    command.args([mode, &case.to_string(), &size.to_string()]);
    let output = command.output().map_err(|error| format!("{valgrind}: {error}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    let count = log.lines().find_map(|line| line.split_once("refs:")).map(|(_, count)| count);
    match count.map(|count| count.trim().replace(',', "").parse()) {
        Some(Ok(count)) if output.status.success() => Ok(count),
        _ => Err(format!("{valgrind}: {log}")),
    }
}

/// What is counted: to make an input, or to parse it too, by parsers that know other documents.
fn run(mode: &str, case: usize, size: usize) {
    let (name, framing, [before, repeated, after]) = CASES[case];
    let input = [before, &repeated.repeat(size / repeated.len()), after].concat();
    let input = (mode == "only-parsed").then_some(input.as_bytes());
    let options = framing.map_or(Options::new(), |framing| Options::new().framing(framing));
    let options = match name.starts_with("enveloped") {
        true => options.at(Pointer::new("/body").expect("it is a pointer")),
        false => options,
    };
    parse::<JobResponse<'static>>(options, input);
    parse::<JobDocument<'static>>(options, input);
}

fn parse<D: Document>(options: Options, input: Option<&[u8]>) {
    let mut parser = options.parser::<D>();
    for record in generate(Settings::new(0, Shape::Inline, Layout::Compact), 4)
        .0
        .split(|&byte| byte == b'\n')
        .take(4)
    {
        let enveloped = [br#"{"body":"#, record, b"}"].concat();
        let record = if options == options.at(Pointer::ROOT) { record } else { &enveloped };
        parser.parse(record, &Arena::new()).expect("it is valid");
    }
    if let Some(input) = input {
        let arena = Arena::new();
        assert_eq!(parser.parse_batch(input, &arena).documents().len(), 0);
    }
}
