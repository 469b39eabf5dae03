//! The walls of ARCHITECTURE.md, as tests. Each reads the source as text.

use std::{
    collections::BTreeSet,
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

/// The features, in the order in which data flows: each may use those before it.
const FEATURES: &[&str] = &[
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

/// Chinese letters and marks.
const CHINESE: [RangeInclusive<char>; 4] =
    ['\u{2e80}'..='\u{9fff}', '\u{f900}'..='\u{faff}', '\u{ff00}'..='\u{ffef}', '\u{20000}'..='\u{3ffff}'];

/// Words that a rule looks for in what people bring, not words for people to read.
const VOCABULARY: &str = "item_bank/chinese_text/words.rs";

/// Longest file, in lines.
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file below `folder`, with its text.
pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    fn collect(path: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has no source");
    found
}

/// The files of a feature; none if nothing of it is built yet.
fn feature_sources(feature: &str) -> Vec<(String, String)> {
    let folder = format!("backend/src/{feature}");
    if root().join(&folder).is_dir() { sources(&folder) } else { Vec::new() }
}

/// The code of a file without its comments and its test module.
pub(crate) fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules of the crate that a file uses: `crate::x::…` and every `x` of `crate::{x::…, y}`.
fn used_modules(text: &str) -> BTreeSet<String> {
    let name =
        |text: &str| text.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned();
    let mut used = BTreeSet::new();
    for after in code(text).split("crate::").skip(1) {
        let Some(group) = after.strip_prefix('{') else {
            used.insert(name(after));
            continue;
        };
        let (mut depth, mut from) = (1, 0);
        for (at, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => {
                    used.insert(name(&group[from..at]));
                    from = at + 1;
                }
                _ => {}
            }
            if depth == 0 {
                used.insert(name(&group[from..at]));
                break;
            }
        }
    }
    used.remove(""); // after a last comma
    used
}

#[test]
fn grouped_imports_are_seen() {
    let used = used_modules(
        "use crate::{\n    access::{Actor, Permit},\n    marking::{self, mark},\n};\nfn f() { crate::results::released() }",
    );
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ["access", "marking", "results"]);
}

#[test]
fn a_feature_uses_only_features_above_it() {
    for (position, feature) in FEATURES.iter().enumerate() {
        for (path, text) in feature_sources(feature) {
            let used = used_modules(&text);
            for below in &FEATURES[position + 1..] {
                assert!(!used.contains(*below), "{path} uses {below}; the other way goes through an outbox event");
            }
        }
    }
}

#[test]
fn platform_and_access_know_no_feature() {
    for layer in ["backend/src/platform", "backend/src/access"] {
        for (path, text) in sources(layer) {
            let used = used_modules(&text);
            for feature in FEATURES {
                assert!(!used.contains(*feature), "{path} uses {feature}");
            }
        }
    }
}

#[test]
fn only_the_dialect_file_names_a_dialect() {
    for (path, text) in sources("backend/src") {
        if path.ends_with("platform/db/dialect.rs") || path.ends_with("platform/config.rs") || path.ends_with("cli.rs")
        {
            continue;
        }
        let code = code(&text).to_lowercase();
        for word in ["sqlite", "postgres", "dbbackend"] {
            assert!(!code.contains(word), "{path} says {word}: dialects differ in platform/db/dialect.rs alone");
        }
    }
}

#[test]
fn nothing_commits_but_the_store() {
    for (path, text) in sources("backend/src") {
        let is_the_store = path.ends_with("platform/db.rs");
        assert!(is_the_store || !code(&text).contains(".commit()"), "{path} commits: use Db::write");
    }
}

#[test]
fn every_event_asks_for_some_work() {
    let taken = fs::read_to_string(root().join("backend/src/app.rs")).unwrap();
    for (path, text) in sources("backend/src") {
        for emitted in code(&text).split(".emit(").skip(1) {
            let topic = emitted.split([',', ')']).next().unwrap().trim();
            let is_taken = taken.contains(&format!("({topic})"));
            assert!(is_taken, "{path} emits {topic}, which no work of app.rs takes: it would wait for ever");
        }
    }
}

#[test]
fn only_the_path_of_answers_knows_somebody_by_the_token_alone() {
    for (path, text) in sources("backend/src") {
        let may = path.contains("/delivery/") || path.contains("/access/");
        assert!(may || !code(&text).contains("TokenHolder"), "{path} uses TokenHolder: use Actor (ADR 8)");
    }
}

#[test]
fn shared_does_no_io_and_reads_no_clock() {
    for (path, text) in sources("shared/src") {
        let code = code(&text);
        for word in ["std::fs", "std::net", "std::env", "SystemTime", "Instant::now", "::now()", "tokio", "rand::rng"] {
            assert!(!code.contains(word), "{path} uses {word}: shared is pure");
        }
    }
}

/// The first Chinese letter or mark of a file's code. A single character is compared with what was written, not shown.
fn first_chinese(text: &str) -> Option<String> {
    let is_chinese = |letter: char| CHINESE.iter().any(|letters| letters.contains(&letter));
    let code = code(text);
    code.lines().find_map(|line| {
        let line = line.split(" // ").next().unwrap_or_default();
        let letters: Vec<char> = line.chars().collect();
        let is_text = |three: &&[char]| is_chinese(three[1]) && (three[0] != '\'' || three[2] != '\'');
        letters.windows(3).find(is_text).map(|_| line.trim().to_owned())
    })
}

#[test]
fn chinese_in_the_code_is_seen() {
    let text =
        "// 说明\nconst END: char = '。'; // 句号\nfn name() -> &'static str { \"姓名\" }\n#[cfg(test)]\nmod tests {}";
    assert_eq!(first_chinese(text).as_deref(), Some("fn name() -> &'static str { \"姓名\" }"));
    assert_eq!(first_chinese(&text.replace("姓名", "name")), None);
    assert!(first_chinese(r#"roles.join("、")"#).is_some());
}

#[test]
fn no_text_that_a_person_reads_stands_in_the_code() {
    for folder in ["backend/src", "backend/printing/src", "shared/src", "migrations/src", "frontend/src"] {
        for (path, text) in sources(folder) {
            let within = path.rsplit_once(folder).map_or("", |(_, within)| within);
            let is_of_tests = within.contains("/tests/") || within.ends_with("/tests.rs");
            if is_of_tests || within.ends_with(VOCABULARY) {
                continue;
            }
            let found = first_chinese(&text);
            assert_eq!(found, None, "{path}: what a person reads stands in shared/locales");
        }
    }
}

#[test]
fn what_becomes_markup_was_rendered_by_the_server() {
    for (path, text) in sources("frontend/src") {
        for value in code(&text).split("inner_html=").skip(1) {
            let value = value.split(['>', '\n']).next().unwrap();
            assert!(
                value.contains("html"),
                "{path} makes markup of {value}: only a …_html of the API is clean (ADR 16)"
            );
        }
    }
}

#[test]
fn no_text_hides_another_under_the_same_key() {
    for language in ["zh-CN", "en"] {
        for entry in fs::read_dir(root().join("shared/locales").join(language)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix('"')?.split_once("\": "));
            let mut keys = BTreeSet::new();
            for (key, _) in lines {
                assert!(keys.insert(key), "{} has {key} twice", path.display());
            }
            let texts: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
            assert_eq!(keys.len(), texts.len(), "{} has not one text a line", path.display());
        }
    }
}

#[test]
fn a_file_is_one_room() {
    for folder in ["backend/src", "shared/src", "migrations/src", "frontend/src"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= MAX_LINES, "{path} has {lines} lines, more than {MAX_LINES}");
        }
    }
}

#[test]
fn architecture_fits_on_a_few_pages() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(text.lines().count() <= 200);
}
