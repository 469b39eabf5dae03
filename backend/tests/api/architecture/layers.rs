//! Who may use whom.

use super::source::{Source, lies_in, paths, root, sources};
use std::{collections::BTreeSet, fs};

/// The features, in the order in which data flows: each may use those before it.
pub(super) const FEATURES: &[&str] = &[
    "identity",
    "organisation",
    "exports",
    "messages",
    "people",
    "roster",
    "media",
    "enrolment",
    "learning",
    "teaching",
    "item_bank",
    "papers",
    "sittings",
    "delivery",
    "marking",
    "results",
    "credit_bank",
];

/// Every part of the server, from below: each may use those before it.
fn layers() -> Vec<&'static str> {
    [&["platform", "access"][..], FEATURES, &["demo", "app", "cli"]].concat()
}

/// The part of the server that a path leads to, for who stands in `module`.
fn leads_to<'a>(path: &'a str, module: &[&'a str]) -> Option<&'a str> {
    let mut parts = path.split("::").peekable();
    let mut up = 0;
    while parts.next_if_eq(&"super").is_some() {
        up += 1;
    }
    match parts.next() {
        Some("crate") if up == 0 => parts.next(),
        first if up > 0 && up >= module.len() => first,
        _ => module.first().copied(),
    }
}

/// The parts of the server that a file uses.
fn used(source: &Source) -> BTreeSet<String> {
    let module = source.module();
    let paths = paths(&source.code());
    paths.iter().filter_map(|path| leads_to(path, &module)).map(str::to_owned).collect()
}

#[test]
fn a_path_leads_out_of_a_feature_by_the_root_or_by_going_up() {
    let module = ["teaching", "skills", "list"];
    for (path, expected) in [
        ("crate::marking::mark", "marking"),
        ("super::super::super::marking", "marking"),
        ("super::super::hours", "teaching"),
        ("super::store", "teaching"),
        ("shared::marking::NewMark", "teaching"),
    ] {
        assert_eq!(leads_to(path, &module), Some(expected), "{path}");
    }
    assert_eq!(leads_to("super::marking::mark", &["teaching"]), Some("marking"));
}

#[test]
fn each_part_of_the_server_uses_only_parts_below_it() {
    let layers = layers();
    let place = |name: &str| layers.iter().position(|layer| *layer == name);
    for source in sources("backend/src") {
        let Some(own) = source.module().first().copied() else { continue };
        let own = place(own).unwrap_or_else(|| panic!("{} belongs to no part of the server", source.path));
        for name in used(&source) {
            let other = place(&name).unwrap_or_else(|| panic!("{} uses {name}, which is no part", source.path));
            assert!(
                other <= own,
                "{} uses {name}: features use those above them in ARCHITECTURE.md, and the other way goes through an \
                 outbox event",
                source.path
            );
        }
    }
}

#[test]
fn the_features_are_those_of_architecture_in_its_order() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    assert_eq!(rows.map(|(name, _)| name).collect::<Vec<_>>(), FEATURES);
}

#[test]
fn only_the_path_of_answers_knows_somebody_by_the_token_alone() {
    for source in sources("backend/src") {
        let may = ["delivery", "access"].contains(&source.module().first().copied().unwrap_or_default());
        assert!(may || !source.code().contains("TokenHolder"), "{} uses TokenHolder: use Actor (ADR 8)", source.path);
    }
}

#[test]
fn redis_is_never_on_the_path_of_an_answer() {
    for source in ["delivery", "access"].iter().flat_map(|part| sources(&format!("backend/src/{part}"))) {
        assert!(!source.code().contains("coordination"), "{}: answers wait for the store alone", source.path);
    }
}

#[test]
fn shared_does_no_io_and_reads_no_clock() {
    let outside = [
        "std::fs",
        "std::io",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::time::SystemTime",
        "std::time::Instant",
        "rand::rng",
        "rand::random",
        "rand::rngs::SysRng",
        "rand::rngs::ThreadRng",
        "getrandom",
        "tokio",
        "js_sys",
        "web_sys",
        "wasm_bindgen",
    ];
    for source in sources("shared/src") {
        for path in paths(&source.code()) {
            let makes = ["::now", "::new_v4", "::now_v7"].iter().any(|end| path.ends_with(end));
            let is_outside = makes || outside.iter().any(|of| lies_in(&path, of));
            assert!(!is_outside, "{} uses {path}: shared is pure", source.path);
        }
    }
}

/// What rules need; a new line here is a new dependency of every browser.
const OF_SHARED: &[&str] = &[
    "base64",
    "hex",
    "jiff",
    "quick-xml",
    "rand",
    "rand_chacha",
    "sea-orm",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
    "unicode-normalization",
    "utoipa",
    "uuid",
];

#[test]
fn shared_depends_on_nothing_that_does_io() {
    let manifest = fs::read_to_string(root().join("shared/Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&manifest).unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    for (name, entry) in dependencies {
        assert!(OF_SHARED.contains(&name.as_str()), "shared depends on {name}");
        let is_optional = entry.get("optional").and_then(toml::Value::as_bool).unwrap_or_default();
        assert!(
            is_optional || !["sea-orm", "unicode-normalization", "utoipa"].contains(&name.as_str()),
            "{name} is the server's alone"
        );
    }
    assert!(manifest.get("build-dependencies").is_none(), "shared is built by nothing but the compiler");
}
