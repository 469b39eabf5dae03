//! The figures of docs/benchmarks.md, one `name value unit` a line. One program, so that it is linked once: its first
//! word names what is measured, and further words are left to that, as in
//! `cargo bench -p backend --bench figures -- exam postgres`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark that cannot go on stops, and prints"
)]

mod assembly;
mod bank;
#[path = "../tests/api/crowd.rs"]
#[allow(dead_code, reason = "a world of the API tests, of which benchmarks use a part")]
mod crowd;
mod exam;
#[path = "../tests/api/exam_world.rs"]
#[allow(dead_code, reason = "a world of the API tests, of which benchmarks use a part")]
mod exam_world;
mod leak;
#[path = "../tests/api/oracle.rs"]
#[allow(dead_code, reason = "a world of the API tests, of which benchmarks use a part")]
mod oracle;
mod roster;
mod scorer;
mod study;
#[path = "../tests/api/support/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "the tools of the API tests, of which benchmarks use a part"
)]
mod support;

use std::{process::ExitCode, time::Instant};

fn main() -> ExitCode {
    // `cargo bench` adds options of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let name = words.first().map_or("", String::as_str);
    let args = words.get(1..).unwrap_or_default();
    match name {
        "assembly" => assembly::run(),
        "bank" => bank::run(),
        "exam" => exam::run(args),
        "leak" => leak::run(args),
        "roster" => roster::run(),
        "scorer" => scorer::run(),
        "study" => study::run(),
        _ => {
            eprintln!("figures: '{name}' is none of assembly, bank, exam, leak, roster, scorer and study");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn print(name: &str, value: f64, unit: &str) {
    println!("{name} {value:.2} {unit}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}
