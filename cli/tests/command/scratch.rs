//! A separate directory for each test, in which the command runs.

use assert_cmd::Command;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a temporary directory"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("the scratch directory is writable");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the file is there")
    }

    /// The command with these arguments, which are separated by spaces.
    pub(crate) fn jobview(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jobview"));
        command.current_dir(self.0.path()).args(arguments.split_whitespace());
        command
    }

    /// Generates the file `name` with more arguments, and returns the generator's counts.
    pub(crate) fn generate(&self, name: &str, arguments: &str) -> Value {
        self.jobview(&format!("generate --output {name} --counts counts.json {arguments}"))
            .assert()
            .success()
            .stdout("")
            .stderr("");
        json(&self.read("counts.json"))
    }

    /// The objects in a file of rejected records.
    pub(crate) fn letters(&self, name: &str) -> Vec<Value> {
        self.read(name).split_inclusive(|&byte| byte == b'\n').map(json).collect()
    }

    /// What `stats --format json` finds with more arguments, and its exit code.
    pub(crate) fn stats(&self, arguments: &str) -> (Value, i32) {
        let output = self.jobview(&format!("stats --format json {arguments}")).output().unwrap();
        (json(&output.stdout), output.status.code().expect("no signal"))
    }
}

pub(crate) fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

/// The bytes of the record in such an object.
pub(crate) fn raw(letter: &Value) -> Vec<u8> {
    let text = letter["raw"].as_str().expect("a string");
    match letter["encoding"].as_str() {
        Some("utf-8") => text.as_bytes().to_vec(),
        Some("base64") => STANDARD.decode(text).expect("base64"),
        other => panic!("{other:?}"),
    }
}
