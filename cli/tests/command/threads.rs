//! The same input gives the same output with any number of threads.

use crate::scratch::Scratch;

/// More than a few batches, with everything that could come out in the wrong order.
fn write_inputs(scratch: &Scratch) {
    let bad = "--unknown-members --bad-every 50";
    scratch.generate("a", &format!("--documents 1000 {bad} --layout compact --seed 1"));
    scratch.generate("b", &format!("--documents 1000 {bad} --layout spaced --seed 2"));
    scratch.write("ab", [scratch.read("a"), scratch.read("b")].concat());
    scratch.generate("pretty", "--documents 500 --layout pretty --seed 3");
    let documents = scratch.read("a");
    let lines = documents.split(|&byte| byte == b'\n').filter(|line| line.starts_with(b"{\""));
    let good: Vec<_> =
        lines.enumerate().filter(|(n, _)| n % 50 != 49).map(|(_, line)| line).collect();
    scratch.write("array", [b"[", &good.join(&b",\n"[..])[..], b"]"].concat());
    let broken: &[u8] = &scratch.read("b")[..3000];
    scratch.write("broken", broken);
}

const INPUTS: &str = "ab missing pretty array broken . ab";

/// Everything that one run prints and writes, except for times.
fn outcome(scratch: &Scratch, arguments: &str, jobs: usize) -> (String, Vec<u8>) {
    let command = format!("{arguments} --jobs {jobs} {INPUTS}");
    let output = scratch.jobview(&command).output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let is_timeless = |line: &&str| !line.starts_with("time ") && !line.starts_with("speed ");
    let stdout: Vec<_> = stdout.lines().filter(is_timeless).collect();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let said = format!("{:?}\n{}\n{stderr}", output.status.code(), stdout.join("\n"));
    let rejects = scratch.path("rejects");
    (said, std::fs::read(rejects).unwrap_or_default())
}

#[test]
fn one_to_sixteen_threads_say_and_write_the_same() {
    let scratch = Scratch::new();
    write_inputs(&scratch);
    for arguments in [
        "stats --verbose",
        "stats --format json",
        "check --rejects rejects",
        "check --rejects rejects --rejects-format ndjson",
        "check --rejects rejects --max-rejects 53",
        "check --rejects rejects --max-arena-bytes 2000",
    ] {
        let expected = outcome(&scratch, arguments, 1);
        let all = arguments == "stats --verbose";
        for jobs in (2..=16).filter(|&jobs| all || matches!(jobs, 2 | 5 | 16)).chain([100]) {
            let found = outcome(&scratch, arguments, jobs);
            assert_eq!(found.0, expected.0, "{arguments} {jobs}");
            assert!(found.1 == expected.1, "{arguments} {jobs}");
        }
    }
}
