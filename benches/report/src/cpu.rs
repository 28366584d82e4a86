//! The name of a CPU in tables and file names: its microarchitecture, which determines its speed.
//!
//! The system's own name says too little on rented machines (`AMD EPYC`) and too much on others. To name another CPU,
//! add a line to [`KNOWN`].

use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The system's description; see `benches/support/machine.rs`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Cpu {
    pub(crate) name: String,
    pub(crate) vendor: String,
    pub(crate) family: Option<u32>,
    pub(crate) model: Option<u32>,
    pub(crate) stepping: Option<u32>,
    pub(crate) cores: usize,
}

/// A microarchitecture: vendor, family, models, steppings and name.
type Known = (&'static str, u32, RangeInclusive<u32>, RangeInclusive<u32>, &'static str);

const ANY: RangeInclusive<u32> = 0..=u32::MAX;
const AMD: &str = "AuthenticAMD";
const INTEL: &str = "GenuineIntel";
/// For Arm: the implementer, and the architecture as the family.
const ARM: (&str, u32) = ("0x41", 8);

/// The first match counts: servers, each with known models, come before the ranges.
const KNOWN: &[Known] = &[
    (AMD, 23, 0x01..=0x01, ANY, "AMD Zen (Naples)"),
    (AMD, 23, 0x31..=0x31, ANY, "AMD Zen 2 (Rome)"),
    (AMD, 23, 0x08..=0x08, ANY, "AMD Zen+"),
    (AMD, 23, 0x18..=0x18, ANY, "AMD Zen+"),
    (AMD, 23, 0x00..=0x2f, ANY, "AMD Zen"),
    (AMD, 23, 0x30..=0xaf, ANY, "AMD Zen 2"),
    (AMD, 25, 0x01..=0x01, ANY, "AMD Zen 3 (Milan)"),
    (AMD, 25, 0x11..=0x11, ANY, "AMD Zen 4 (Genoa)"),
    (AMD, 25, 0xa0..=0xaf, ANY, "AMD Zen 4c (Bergamo)"),
    (AMD, 25, 0x00..=0x0f, ANY, "AMD Zen 3"),
    (AMD, 25, 0x20..=0x5f, ANY, "AMD Zen 3"),
    (AMD, 25, 0x10..=0x1f, ANY, "AMD Zen 4"),
    (AMD, 25, 0x60..=0x9f, ANY, "AMD Zen 4"),
    (AMD, 26, 0x02..=0x02, ANY, "AMD Zen 5 (Turin)"),
    (AMD, 26, 0x11..=0x11, ANY, "AMD Zen 5c (Turin Dense)"),
    (AMD, 26, 0x00..=0x4f, ANY, "AMD Zen 5"),
    (AMD, 26, 0x60..=0x7f, ANY, "AMD Zen 5"),
    (INTEL, 6, 63..=63, ANY, "Intel Haswell (server)"),
    (INTEL, 6, 79..=79, ANY, "Intel Broadwell (server)"),
    (INTEL, 6, 85..=85, 0..=4, "Intel Skylake (server)"),
    (INTEL, 6, 85..=85, 5..=7, "Intel Cascade Lake"),
    (INTEL, 6, 85..=85, 10..=11, "Intel Cooper Lake"),
    (INTEL, 6, 106..=106, ANY, "Intel Ice Lake (server)"),
    (INTEL, 6, 108..=108, ANY, "Intel Ice Lake (server)"),
    (INTEL, 6, 143..=143, ANY, "Intel Sapphire Rapids"),
    (INTEL, 6, 207..=207, ANY, "Intel Emerald Rapids"),
    (INTEL, 6, 173..=174, ANY, "Intel Granite Rapids"),
    (INTEL, 6, 175..=175, ANY, "Intel Sierra Forest"),
    (INTEL, 6, 140..=141, ANY, "Intel Tiger Lake"),
    (INTEL, 6, 151..=151, ANY, "Intel Alder Lake"),
    (INTEL, 6, 154..=154, ANY, "Intel Alder Lake"),
    (INTEL, 6, 183..=183, ANY, "Intel Raptor Lake"),
    (INTEL, 6, 186..=186, ANY, "Intel Raptor Lake"),
    (INTEL, 6, 191..=191, ANY, "Intel Raptor Lake"),
    (ARM.0, ARM.1, 0xd0c..=0xd0c, ANY, "Arm Neoverse N1"),
    (ARM.0, ARM.1, 0xd40..=0xd40, ANY, "Arm Neoverse V1"),
    (ARM.0, ARM.1, 0xd49..=0xd49, ANY, "Arm Neoverse N2"),
    (ARM.0, ARM.1, 0xd4f..=0xd4f, ANY, "Arm Neoverse V2"),
];

impl Cpu {
    /// The kind of CPU: its microarchitecture, or the system's name for it.
    pub(crate) fn kind(&self) -> &str {
        let fits = |(vendor, family, models, steppings, _): &&Known| {
            self.vendor == *vendor
                && self.family == Some(*family)
                && self.model.is_some_and(|model| models.contains(&model))
                && self.stepping.is_some_and(|stepping| steppings.contains(&stepping))
        };
        KNOWN.iter().find(fits).map_or(&self.name, |(.., name)| name)
    }

    /// The kind, in a form that suits a file name.
    pub(crate) fn slug(&self) -> String {
        let kind = self.kind().replace("(R)", "").replace("(TM)", "").to_ascii_lowercase();
        let words = kind.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
    }

    /// The system's name, with the model numbers.
    pub(crate) fn full_name(&self) -> String {
        let numbers = [("family", self.family), ("model", self.model), ("stepping", self.stepping)];
        let numbers =
            numbers.iter().filter_map(|(name, number)| Some(format!("{name} {}", (*number)?)));
        let numbers = numbers.collect::<Vec<_>>().join(", ");
        let numbers = if numbers.is_empty() { "numbers not recorded".to_owned() } else { numbers };
        format!("{} ({numbers}), {} cores", self.name, self.cores)
    }
}

#[cfg(test)]
mod tests {
    use super::{AMD, Cpu, INTEL, KNOWN};

    fn cpu(vendor: &str, family: u32, model: u32, stepping: u32) -> Cpu {
        Cpu {
            name: "Some(R) Name(TM) CPU @ 2.60GHz".to_owned(),
            vendor: vendor.to_owned(),
            family: Some(family),
            model: Some(model),
            stepping: Some(stepping),
            cores: 2,
        }
    }

    #[test]
    fn numbers_tell_what_a_rented_machine_hides() {
        assert_eq!(cpu(AMD, 25, 17, 1).kind(), "AMD Zen 4 (Genoa)");
        assert_eq!(cpu(AMD, 25, 0x61, 2).kind(), "AMD Zen 4");
        assert_eq!(cpu(INTEL, 6, 143, 8).kind(), "Intel Sapphire Rapids");
        assert_eq!(cpu(INTEL, 6, 85, 4).kind(), "Intel Skylake (server)");
        assert_eq!(cpu(INTEL, 6, 85, 7).kind(), "Intel Cascade Lake");
        assert_eq!(cpu("0x41", 8, 0xd40, 1).kind(), "Arm Neoverse V1");
    }

    #[test]
    fn slugs_are_names_of_files() {
        assert_eq!(cpu(AMD, 25, 17, 1).slug(), "amd-zen-4-genoa");
        assert_eq!(cpu("?", 1, 1, 1).slug(), "some-name-cpu-2-60ghz");
    }

    #[test]
    fn an_unknown_cpu_keeps_its_name() {
        assert_eq!(cpu(INTEL, 6, 1000, 1).kind(), "Some(R) Name(TM) CPU @ 2.60GHz");
        assert_eq!(cpu(AMD, 6, 143, 1).kind(), "Some(R) Name(TM) CPU @ 2.60GHz");
        let unrecorded = Cpu { family: None, ..cpu(AMD, 25, 17, 1) };
        assert_eq!(unrecorded.kind(), unrecorded.name);
    }

    #[test]
    fn no_line_is_hidden_by_one_before_it() {
        for (index, (vendor, family, models, steppings, name)) in KNOWN.iter().enumerate() {
            let is_reached = models.clone().any(|model| {
                let cpu = cpu(vendor, *family, model, *steppings.start());
                !KNOWN[..index].iter().any(|known| known.4 != *name && cpu.kind() == known.4)
            });
            assert!(is_reached, "{name}");
        }
    }
}
