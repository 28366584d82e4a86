//! Inputs that stay open: everything that has arrived is reported, and signals come at any moment.
//!
//! Nothing here measures speed: a test fails only if the command waits for more than it has received.

use crate::scratch::Scratch;
use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

/// Longer than any operation that does not wait for something that never comes.
const DEADLINE: Duration = Duration::from_secs(60);

/// Longer than the time that arrived bytes wait for more.
const PAUSE: Duration = Duration::from_millis(20);

const BAD: &str = "{\"data\":{\"type\":\"list\"}}\n";

/// A running command, and its output.
struct Running {
    child: Child,
    lines: Option<Receiver<String>>,
}

impl Running {
    fn start(scratch: &Scratch, arguments: &str, stdin: impl Into<Stdio>) -> Self {
        // Whoever runs the tests may ignore some signals, as `nohup` and `&` do: then the others are not handled
        // either.
        let mut child = Command::new("env")
            .args(["--default-signal", env!("CARGO_BIN_EXE_jobview")])
            .current_dir(scratch.path("."))
            .args(arguments.split_whitespace())
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        // The thread ends, and closes its end of the pipe, when no more lines are wanted.
        thread::spawn(move || stdout.lines().try_for_each(|line| sender.send(line.unwrap())));
        Self { child, lines: Some(lines) }
    }

    /// Starts the command with a pipe as standard input, and returns the other end.
    fn start_piped(scratch: &Scratch, arguments: &str) -> (Self, impl Write + use<>) {
        let mut running = Self::start(scratch, arguments, Stdio::piped());
        let stdin = running.child.stdin.take().unwrap();
        (running, stdin)
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// The next line of output.
    fn line(&self) -> String {
        self.lines.as_ref().unwrap().recv_timeout(DEADLINE).expect("a line")
    }

    /// Waits for the line of a record.
    fn expect_bad(&self, file: &str, line: usize) {
        let found = self.line();
        assert!(found.starts_with(&format!("{file}:{line}:")), "{found}");
    }

    /// Waits for the end. Returns the exit code, the rest of the output, and standard error.
    fn end(mut self) -> (Option<i32>, String, String) {
        let status = self.wait();
        let lines = self.lines.take().unwrap().iter().map(|line| line + "\n").collect();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status.code(), lines, said)
    }

    fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < DEADLINE, "it does not end");
            sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // After a failed test, the command may still be waiting.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn make_pipe(scratch: &Scratch, name: &str) {
    assert!(Command::new("mkfifo").arg(scratch.path(name)).status().unwrap().success());
}

#[test]
fn a_bad_record_is_reported_while_the_pipe_stays_open() {
    let scratch = Scratch::new();
    for jobs in [1, 4] {
        let (running, mut stdin) =
            Running::start_piped(&scratch, &format!("check --jobs {jobs} --rejects rejects -"));
        // Neither an archive nor a framing takes more than this to be recognised.
        for (n, record) in ["1\n", BAD, "\r\noops\n", BAD].into_iter().enumerate() {
            stdin.write_all(record.as_bytes()).unwrap();
            running.expect_bad("<stdin>", n + 1 + usize::from(n > 1));
        }
        assert_eq!(scratch.read("rejects"), format!("1\n{BAD}oops\n{BAD}").as_bytes());
        drop(stdin);
        let said = "0 documents accepted, 4 records rejected\n".to_owned();
        assert_eq!(running.end(), (Some(1), String::new(), said));
    }
}

#[test]
fn a_check_with_a_limit_ends_though_the_pipe_stays_open() {
    let scratch = Scratch::new();
    for jobs in [1, 4] {
        let (running, mut stdin) =
            Running::start_piped(&scratch, &format!("check --jobs {jobs} --max-rejects 2 -"));
        stdin.write_all(BAD.as_bytes()).unwrap();
        running.expect_bad("<stdin>", 1);
        stdin.write_all(BAD.as_bytes()).unwrap();
        let (code, printed, said) = running.end();
        assert_eq!((code, printed.lines().count()), (Some(4), 1));
        assert!(said.contains(&format!("--resume-from {} ", 2 * BAD.len())), "{said}");
    }
}

#[test]
fn a_check_ends_at_its_next_line_when_nobody_reads_them() {
    let scratch = Scratch::new();
    let (mut running, mut stdin) = Running::start_piped(&scratch, "check -");
    stdin.write_all(BAD.as_bytes()).unwrap();
    running.expect_bad("<stdin>", 1);
    drop(running.lines.take());
    // The first write may still find a reader, which only then notices that its output is not wanted.
    while running.child.try_wait().unwrap().is_none() {
        let _ = stdin.write_all(BAD.as_bytes());
        sleep(PAUSE);
    }
    assert_eq!(running.wait().code(), Some(1));
}

#[test]
fn a_record_is_reported_with_its_last_byte_however_slowly_the_bytes_come() {
    let scratch = Scratch::new();
    for (jobs, framing) in [(1, "auto"), (4, "ndjson"), (2, "concatenated"), (2, "array")] {
        let command = format!("check --jobs {jobs} --framing {framing} -");
        let (running, mut stdin) = Running::start_piped(&scratch, &command);
        let (open, separator) = if framing == "array" { ("[", ",\n") } else { ("", "\n") };
        stdin.write_all(open.as_bytes()).unwrap();
        for line in 1..=3 {
            let record = format!("{}{separator}", BAD.trim_end());
            for byte in record.as_bytes() {
                stdin.write_all(&[*byte]).unwrap();
                sleep(Duration::from_millis(1));
            }
            running.expect_bad("<stdin>", line);
        }
    }
}

#[test]
fn what_an_archive_has_flushed_is_reported_while_it_is_open() {
    let scratch = Scratch::new();
    for jobs in [1, 4] {
        let command = format!("check --jobs {jobs} -");
        let (running, stdin) = Running::start_piped(&scratch, &command);
        let mut archive = GzEncoder::new(stdin, Compression::default());
        for line in 1..=3 {
            archive.write_all(BAD.as_bytes()).unwrap();
            archive.flush().unwrap();
            running.expect_bad("<stdin>", line);
        }
        // Another member may follow.
        let stdin = archive.finish().unwrap();
        let mut archive = GzEncoder::new(stdin, Compression::default());
        archive.write_all(BAD.as_bytes()).unwrap();
        let stdin = archive.finish().unwrap();
        running.expect_bad("<stdin>", 4);
        drop(stdin);
        assert_eq!(running.end().0, Some(1));

        let (running, stdin) = Running::start_piped(&scratch, &command);
        let mut archive = zstd::Encoder::new(stdin, 3).unwrap();
        for line in 1..=3 {
            archive.write_all(BAD.as_bytes()).unwrap();
            archive.flush().unwrap();
            running.expect_bad("<stdin>", line);
        }
        drop(archive.finish().unwrap());
        assert_eq!(running.end().0, Some(1));
    }
}

#[test]
fn a_named_pipe_among_files_is_reported_as_it_is_written() {
    let scratch = Scratch::new();
    scratch.write("before", BAD);
    scratch.write("after", BAD);
    make_pipe(&scratch, "pipe");
    for jobs in [1, 4] {
        let command = format!("check --jobs {jobs} before pipe after");
        let running = Running::start(&scratch, &command, Stdio::null());
        let mut pipe = File::options().write(true).open(scratch.path("pipe")).unwrap();
        running.expect_bad("before", 1);
        pipe.write_all(BAD.as_bytes()).unwrap();
        running.expect_bad("pipe", 1);
        pipe.write_all(BAD.as_bytes()).unwrap();
        running.expect_bad("pipe", 2);
        drop(pipe);
        running.expect_bad("after", 1);
        assert_eq!(running.end().0, Some(1));
    }
}

#[test]
fn a_socket_is_read_like_a_pipe() {
    let scratch = Scratch::new();
    let (mut socket, other) = UnixStream::pair().unwrap();
    let running = Running::start(&scratch, "check -", std::os::fd::OwnedFd::from(other));
    for line in 1..=2 {
        socket.write_all(BAD.as_bytes()).unwrap();
        running.expect_bad("<stdin>", line);
    }
    socket.write_all(BAD.as_bytes()).unwrap();
    running.signal("-INT");
    let (code, printed, said) = running.end();
    assert_eq!((code, printed.lines().count()), (Some(4), 1), "{said}");
}

#[test]
fn all_that_has_come_when_a_signal_comes_is_reported_and_the_rest_is_found_from_there() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 600 --bad-every 3");
    let input = scratch.read("bad");
    for (n, jobs) in [1, 4].repeat(6).into_iter().enumerate() {
        // Some of it without a pause, so that it is still in the pipe; the last record is sometimes incomplete.
        let mut written = input.len() * (n + 1) / 14;
        if n % 3 == 0 {
            written = end_of_records(&input[..written]);
        }
        let arguments = format!("check --jobs {jobs} --kind response --rejects rejects");
        let (running, mut stdin) = Running::start_piped(&scratch, &format!("{arguments} -"));
        wait_for_handler(&running);
        stdin.write_all(&input[..written]).unwrap();
        sleep(PAUSE / 4 * (n as u32 % 5));
        running.signal(["-INT", "-TERM"][n / 2 % 2]);
        let (code, printed, said) = running.end();
        assert_eq!(code, Some(4), "{said}");
        let complete = end_of_records(&input[..written]);
        let place = format!("; to continue, use --resume-from {complete} with <stdin>\n");
        assert!(said.ends_with(&place), "{said} {complete}");
        let cut = match written - complete {
            0 => "interrupted; to continue".to_owned(),
            cut => format!("interrupted; the last {cut} bytes are an incomplete record; "),
        };
        assert!(said.replace(',', "").contains(&cut.replace(',', "")), "{said} {cut}");

        let rest = scratch
            .jobview(&format!("{arguments} --resume-from {complete} -"))
            .write_stdin(&input[..])
            .output()
            .unwrap();
        let printed = printed + std::str::from_utf8(&rest.stdout).unwrap();
        let whole = scratch
            .jobview("check --kind response --rejects whole -")
            .write_stdin(&input[..])
            .output()
            .unwrap();
        assert_eq!(printed, String::from_utf8(whole.stdout).unwrap());
        assert!(scratch.read("rejects") == scratch.read("whole"));
    }
}

#[test]
fn statistics_are_of_all_that_has_come_when_a_signal_comes() {
    let scratch = Scratch::new();
    for (signal, rest, cut) in
        [("-INT", "", ""), ("-TERM", "{\"data\"", "; the last 7 bytes are an incomplete record")]
    {
        let (running, mut stdin) = Running::start_piped(&scratch, "stats --format json -");
        wait_for_handler(&running);
        stdin.write_all([BAD, BAD, rest].concat().as_bytes()).unwrap();
        running.signal(signal);
        let (code, printed, said) = running.end();
        let expected =
            format!("jobview: interrupted{cut}; the statistics cover what was read until then\n");
        assert_eq!((code, said), (Some(4), expected));
        assert!(printed.contains("\"rejected\": 2,"), "{printed}");
    }
}

/// The length of all complete records.
fn end_of_records(lines: &[u8]) -> usize {
    lines.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1)
}

/// Waits until the process has installed its signal handler.
fn wait_for_handler(running: &Running) {
    let started = Instant::now();
    let handles = || {
        let status = fs::read_to_string(format!("/proc/{}/status", running.child.id())).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        // SIGINT is number 2.
        u64::from_str_radix(caught.trim(), 16).unwrap() & 2 != 0
    };
    while !handles() {
        assert!(started.elapsed() < DEADLINE, "it does not handle signals");
        sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_writer_that_never_pauses_does_not_keep_it_from_ending() {
    let scratch = Scratch::new();
    let mut yes = Command::new("yes").arg("oops").stdout(Stdio::piped()).spawn().unwrap();
    let running = Running::start(&scratch, "check -", yes.stdout.take().unwrap());
    running.expect_bad("<stdin>", 1);
    running.signal("-INT");
    let (code, _, said) = running.end();
    assert_eq!(code, Some(4), "{said}");
    yes.wait().unwrap();
}

#[test]
fn a_named_pipe_that_nobody_writes_to_does_not_keep_it_from_ending() {
    let scratch = Scratch::new();
    make_pipe(&scratch, "pipe");
    scratch.write("bad", BAD);
    for jobs in [1, 4] {
        let command = format!("check --jobs {jobs} bad pipe bad");
        let running = Running::start(&scratch, &command, Stdio::null());
        wait_for_handler(&running);
        running.signal("-TERM");
        let (code, printed, said) = running.end();
        assert_eq!(code, Some(4), "{said}");
        // The signal may have come before the first file was opened.
        assert!(printed.lines().count() <= 1, "{printed}");
    }
}

#[test]
fn a_file_is_left_where_it_is_when_a_signal_comes() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 40000 --bad-every 2");
    let running = Running::start(&scratch, "check --rejects parts bad", Stdio::null());
    wait_for_handler(&running);
    running.signal("-INT");
    let (code, printed, said) = running.end();
    assert_eq!(code, Some(4), "{said}");
    let from = said
        .split_once("--resume-from ")
        .map_or("0", |(_, rest)| rest.split_whitespace().next().unwrap());
    let resume = format!("check --rejects parts --resume-from {from} bad");
    let rest = scratch.jobview(&resume).output().unwrap();
    let whole = scratch.jobview("check --rejects whole bad").output().unwrap();
    assert!([printed.into_bytes(), rest.stdout].concat() == whole.stdout);
    assert!(scratch.read("parts") == scratch.read("whole"));
}

#[test]
fn what_is_told_of_a_stream_does_not_depend_on_when_its_bytes_come() {
    let scratch = Scratch::new();
    for (name, layout) in [("a", "compact"), ("b", "spaced"), ("c", "compact"), ("d", "sorted")] {
        let options = format!("--documents 700 --bad-every 60 --layout {layout}");
        scratch.generate(name, &options);
    }
    scratch.generate("e", "--documents 700 --unknown-members");
    let input = ["a", "b", "c", "d", "e"].map(|name| scratch.read(name)).concat();
    scratch.write("all", &input);
    let (expected, _) = scratch.stats("all");
    assert!(expected["layout_changes"]["count"].as_u64().unwrap() > 2, "{expected}");
    for piece in [70_001, 300_007] {
        for jobs in [1, 3] {
            let command = format!("stats --format json --jobs {jobs} -");
            let (running, mut stdin) = Running::start_piped(&scratch, &command);
            for piece in input.chunks(piece) {
                stdin.write_all(piece).unwrap();
                sleep(PAUSE);
            }
            drop(stdin);
            let (_, printed, _) = running.end();
            let named = printed.replace("<stdin>", "all");
            assert_eq!(crate::scratch::json(named.as_bytes()), expected, "{piece} {jobs}");
        }
    }
}

#[test]
fn rows_come_at_once_and_an_interrupted_table_leaves_no_file() {
    let scratch = Scratch::new();
    for format in ["ndjson", "csv"] {
        let arguments =
            format!("convert - --output - --format {format} --table rejects --columns kind");
        let (running, mut stdin) = Running::start_piped(&scratch, &arguments);
        stdin.write_all(BAD.as_bytes()).unwrap();
        if format == "csv" {
            assert_eq!(running.line(), "kind");
        }
        assert!(running.line().contains("wrong-"));
        running.signal("-INT");
        let (code, lines, said) = running.end();
        assert_eq!((code, &*lines), (Some(4), ""));
        assert_eq!(said, "jobview: interrupted; the table is not complete\n");
    }
    for ending in ["parquet", "arrow", "csv", "ndjson"] {
        let arguments = format!("convert - --output out.{ending} --table rejects --rejects -");
        let (running, mut stdin) = Running::start_piped(&scratch, &arguments);
        stdin.write_all(BAD.as_bytes()).unwrap();
        assert_eq!(running.line() + "\n", BAD);
        running.signal("-TERM");
        let (code, lines, said) = running.end();
        assert_eq!((code, &*lines), (Some(4), ""));
        assert_eq!(said, format!("jobview: interrupted; out.{ending} has not been written\n"));
        assert_eq!(fs::read_dir(scratch.path(".")).unwrap().count(), 0);
    }
}
