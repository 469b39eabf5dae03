//! The walls of ARCHITECTURE.md, as tests. Each reads the source as text.

mod dependencies;
mod layers;
mod source;
mod tables;

pub(crate) use source::sources;

use source::{all_sources, code, root};
use std::{collections::BTreeSet, fs, ops::RangeInclusive};

/// Longest file, in lines.
const MAX_LINES: usize = 400;
/// Words that a rule reads in texts of others; no person reads them here.
const VOCABULARY: &str = "shared/src/item_bank/chinese_text/words.rs";
/// Chinese letters and marks.
const CHINESE: [RangeInclusive<char>; 4] =
    ['\u{2e80}'..='\u{9fff}', '\u{f900}'..='\u{faff}', '\u{ff00}'..='\u{ffef}', '\u{20000}'..='\u{3ffff}'];

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
        for source in all_sources(folder) {
            let lines = source.text.lines().count();
            assert!(lines <= MAX_LINES, "{} has {lines} lines, more than {MAX_LINES}", source.path);
        }
    }
}

#[test]
fn architecture_fits_on_a_few_pages() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(text.lines().count() <= 200);
}

#[test]
fn each_figure_names_the_command_that_prints_it() {
    let text = fs::read_to_string(root().join("docs/benchmarks.md")).unwrap();
    let script = fs::read_to_string(root().join("scripts/bench.sh")).unwrap();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        match row.rsplit('`').nth(1).and_then(|command| command.strip_prefix("make bench ONLY=")) {
            Some(group) => assert!(script.contains(group), "{row}"),
            None => assert!(row.ends_with("`make bench-exam` |"), "{row}"),
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
    for folder in
        ["backend/src", "backend/pictures/src", "backend/printing/src", "shared/src", "migrations/src", "frontend/src"]
    {
        for source in sources(folder).into_iter().filter(|source| source.path != VOCABULARY) {
            assert_eq!(first_chinese(&source.text), None, "{}: texts stand in shared/locales", source.path);
        }
    }
}

#[test]
fn what_becomes_markup_was_rendered_by_the_server() {
    for source in sources("frontend/src") {
        for value in source.code().split("inner_html=").skip(1) {
            let value = value.split(['>', '\n']).next().unwrap();
            let is_clean = value.contains("html");
            assert!(is_clean, "{} makes markup of {value}: only a …_html of the API is clean (ADR 16)", source.path);
        }
    }
}

#[test]
fn every_event_asks_for_some_work() {
    let taken = fs::read_to_string(root().join("backend/src/app.rs")).unwrap();
    for source in sources("backend/src") {
        for emitted in source.code().split(".emit(").skip(1) {
            let topic = emitted.split([',', ')']).next().unwrap().trim();
            let is_taken = taken.contains(&format!("({topic})"));
            assert!(is_taken, "{} emits {topic}, which no work of app.rs takes: it would wait for ever", source.path);
        }
    }
}
