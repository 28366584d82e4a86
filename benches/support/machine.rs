//! A description of the machine by the system: what a result depends on besides the code.
//!
//! Numbers are kept as they are; `jobview-report` names the CPU. What a system does not report stays empty.

use jobview::Kernel;
use serde::Serialize;
use std::process::Command;

/// The kernel to measure: the one in the environment variable `JOBVIEW_KERNEL`, if the CPU supports it, or else the
/// fastest.
pub fn kernel() -> Kernel {
    let wanted = std::env::var("JOBVIEW_KERNEL").ok();
    wanted.and_then(|name| Kernel::named(&name)).unwrap_or_default()
}

/// The system's description of the CPU. Virtual machines hide the model name more often than the model numbers.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Cpu {
    name: String,
    /// The vendor as in `/proc/cpuinfo`, such as `AuthenticAMD`; for Arm, the number of the implementer.
    vendor: String,
    family: Option<u32>,
    /// For Arm, the number of the part.
    model: Option<u32>,
    stepping: Option<u32>,
    cores: usize,
}

impl Cpu {
    /// The CPU of this machine.
    pub fn of_this_machine() -> Self {
        let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        Self::new(&cpus, std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// The first CPU in a `/proc/cpuinfo`. Arm has other names for the same facts.
    fn new(cpus: &str, cores: usize) -> Self {
        let field = |names: [&str; 2]| {
            let mut fields = cpus.lines().filter_map(|line| line.split_once(':'));
            fields.find(|(name, _)| names.contains(&name.trim())).map(|(_, value)| value.trim())
        };
        let number = |names| {
            let digits = field(names)?;
            match digits.strip_prefix("0x") {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => digits.parse().ok(),
            }
        };
        Self {
            name: field(["model name", "Processor"]).unwrap_or(std::env::consts::ARCH).to_owned(),
            vendor: field(["vendor_id", "CPU implementer"]).unwrap_or_default().to_owned(),
            family: number(["cpu family", "CPU architecture"]),
            model: number(["model", "CPU part"]),
            stepping: number(["stepping", "CPU revision"]),
            cores,
        }
    }
}

/// The size of a page that is not a huge page, in bytes.
pub fn page_bytes() -> Option<u64> {
    said_by("getconf", &["PAGESIZE"]).parse().ok()
}

/// The setting for huge pages: `always`, `madvise` (on request, which the benches do not make) or `never`.
pub fn huge_pages() -> Option<String> {
    let modes = std::fs::read_to_string("/sys/kernel/mm/transparent_hugepage/enabled").ok()?;
    chosen(&modes)
}

/// The option in brackets.
fn chosen(modes: &str) -> Option<String> {
    let (_, rest) = modes.split_once('[')?;
    Some(rest.split_once(']')?.0.to_owned())
}

/// The output of a command, or nothing if there is no such command.
pub(crate) fn said_by(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output().ok();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    said.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Cpu, chosen};

    #[test]
    fn the_first_cpu_is_described() {
        let cpus = "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\n\
                    model name\t: AMD EPYC\nstepping\t: 1\n\nprocessor\t: 1\nmodel\t\t: 18\n";
        let expected = Cpu {
            name: "AMD EPYC".to_owned(),
            vendor: "AuthenticAMD".to_owned(),
            family: Some(25),
            model: Some(17),
            stepping: Some(1),
            cores: 2,
        };
        assert_eq!(Cpu::new(cpus, 2), expected);
    }

    #[test]
    fn arm_has_other_names() {
        let cpus = "processor\t: 0\nCPU implementer\t: 0x41\nCPU architecture: 8\n\
                    CPU variant\t: 0x1\nCPU part\t: 0xd40\nCPU revision\t: 1\n";
        let cpu = Cpu::new(cpus, 1);
        assert_eq!((cpu.vendor.as_str(), cpu.family), ("0x41", Some(8)));
        assert_eq!((cpu.model, cpu.stepping), (Some(0xd40), Some(1)));
    }

    #[test]
    fn what_is_not_told_is_empty() {
        let cpu = Cpu::new("", 1);
        assert_eq!(cpu.name, std::env::consts::ARCH);
        assert_eq!((cpu.family, cpu.model, cpu.stepping), (None, None, None));
    }

    #[test]
    fn the_chosen_mode_stands_in_brackets() {
        assert_eq!(chosen("always [madvise] never\n").as_deref(), Some("madvise"));
        assert_eq!(chosen("always"), None);
    }
}
