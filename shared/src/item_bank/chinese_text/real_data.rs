//! The parser against real examination questions, read in place.

use super::*;
use crate::item_bank::{ItemBody, validate_item};
use serde_json::Value;
use std::{fs, path::PathBuf};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/questions-zh").join(name)
}

fn files(name: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder(name)).expect("the question sets lie beside the project");
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// How many questions of a set were read.
#[derive(Default)]
struct Tally {
    read: usize,
    all: usize,
}

impl Tally {
    fn count(&mut self, place: &str, letters: &str, options: usize, parsed: &Result<Item, ImportError>) {
        self.all += 1;
        match parsed {
            Err(error) => println!("{place}: {}", error.code),
            Ok(item) => {
                self.read += 1;
                assert_eq!(validate_item(item), [], "{place}");
                let count = match &item.body {
                    ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => options.len(),
                    _ => panic!("{place} is a choice"),
                };
                assert_eq!(crate::item_bank::key_letters(item).concat(), letters, "{place}");
                assert_eq!(count, options, "{place}");
            }
        }
    }

    #[track_caller]
    fn at_least(&self, percent: usize) {
        println!("read {} of {}", self.read, self.all);
        assert!(self.all > 0 && self.read * 100 >= self.all * percent, "read {} of {}", self.read, self.all);
    }
}

#[test]
fn nearly_all_single_answers_of_gaokao_bench_are_read() {
    let mut tally = Tally::default();
    for (name, content) in files("gaokao-bench/objective") {
        let file: Value = serde_json::from_str(&content).unwrap();
        for (index, row) in file["example"].as_array().unwrap().iter().enumerate() {
            let answer: Vec<String> = row["answer"].as_array().unwrap().iter().map(text).collect();
            let parsed = item_from_question(&text(&row["question"]), &answer, &text(&row["analysis"]));
            if answer.len() > 1 {
                assert_eq!(parsed.unwrap_err().code, "several_items", "{name} {index}");
                continue;
            }
            tally.count(&format!("{name} {index}"), &answer[0], 4, &parsed);
        }
    }
    tally.at_least(95);
}

#[test]
fn nearly_all_choices_of_agieval_are_read() {
    let mut tally = Tally::default();
    for (name, content) in files("agieval-gaokao") {
        for (index, line) in content.lines().enumerate() {
            let row: Value = serde_json::from_str(line).unwrap();
            let Some(options) = row["options"].as_array().filter(|options| !options.is_empty()) else { continue };
            let label = match &row["label"] {
                Value::Array(letters) => letters.iter().map(text).collect::<String>(),
                label => text(label),
            };
            let mut question = vec![text(&row["passage"]), text(&row["question"])];
            question.extend(options.iter().map(text));
            let parsed = item_from_question(&question.join("\n"), std::slice::from_ref(&label), "");
            tally.count(&format!("{name} {index}"), &label, options.len(), &parsed);
        }
    }
    tally.at_least(95);
}
