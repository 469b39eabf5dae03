//! Items of others, read in place, written again and read once more.

use super::{
    judge::{as_told, is_same},
    tests::{outgoing, read},
    *,
};
use crate::item_bank::{item_from_question, parse_gift, parse_qti};
use serde_json::Value;
use std::{fs, path::PathBuf};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(name)
}

/// The texts of the files below a folder whose names end so.
fn files(name: &str, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(folder(name)).expect("the corpus lies beside the project");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|own| own == ending));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn chinese_items() -> Vec<Item> {
    let mut items = Vec::new();
    for content in files("questions-zh/gaokao-bench/objective", "json") {
        let file: Value = serde_json::from_str(&content).unwrap();
        for row in file["example"].as_array().unwrap() {
            let answer: Vec<String> = row["answer"].as_array().unwrap().iter().map(text).collect();
            items.extend(item_from_question(&text(&row["question"]), &answer, &text(&row["analysis"])).ok());
        }
    }
    items
}

/// Writes all items in a format, and reads them again: those of which nothing was told to be read otherwise are the
/// same, and of a hundred at least so many are.
#[track_caller]
fn check(items: &[Item], format: ExportFormat, percent: usize) {
    let words = TruthWords { right: "正确".to_owned(), wrong: "错误".to_owned() };
    let mut same = 0;
    for item in items {
        let written = write_items(format, &[outgoing(item.clone())], &OutgoingPictures::new(), &words);
        let told: BTreeSet<_> = written.losses.iter().map(|loss| loss.code).collect();
        let Some(expected) = as_told(item, &told) else { continue };
        let content = String::from_utf8(written.files.last().unwrap().1.clone()).unwrap();
        let again = read(format, &content);
        assert!(again.len() == 1 && is_same(&again[0], &expected), "{format} {item:?} {again:?}");
        same += 1;
    }
    println!("{format}: {same} of {} are the same", items.len());
    assert!(!items.is_empty() && same * 100 >= items.len() * percent, "{format}: {same} of {}", items.len());
}

#[test]
fn real_questions_are_content_stable() {
    let items = chinese_items();
    check(&items, ExportFormat::Gift, 95);
    for format in [ExportFormat::MoodleXml, ExportFormat::Qti22, ExportFormat::Qti30] {
        check(&items, format, 80);
    }
}

#[test]
fn items_of_the_gift_corpus_are_content_stable() {
    let items: Vec<Item> = files("gift/gift-pegjs", "gift").iter().flat_map(|text| parse_gift(text).items).collect();
    check(&items, ExportFormat::Gift, 80);
}

#[test]
fn items_of_the_qti_corpus_are_content_stable() {
    let mut items = Vec::new();
    for folder in ["qti/qtiworks/WebDeveloperTest1", "qti/citolab/30/item", "qti/citolab/2x/item"] {
        items.extend(files(folder, "xml").iter().flat_map(|text| parse_qti(text).items));
    }
    for format in [ExportFormat::Qti22, ExportFormat::Qti30] {
        check(&items, format, 50);
    }
}

#[test]
fn a_whole_file_has_as_many_items_as_were_written() {
    let words = TruthWords { right: "正确".to_owned(), wrong: "错误".to_owned() };
    let items: Vec<OutgoingItem> = chinese_items().into_iter().take(50).map(outgoing).collect();
    for format in [ExportFormat::Gift, ExportFormat::MoodleXml] {
        let written = write_items(format, &items, &OutgoingPictures::new(), &words);
        let readable = written.losses.iter().all(|loss| loss.code != ExportLossCode::ReadOtherwise);
        assert_eq!((written.items, written.files.len()), (50, 1));
        let parsed = match format {
            ExportFormat::Gift => parse_gift(&String::from_utf8_lossy(&written.files[0].1)),
            _ => crate::item_bank::parse_moodle_xml(&String::from_utf8_lossy(&written.files[0].1)),
        };
        assert!(!readable || parsed.items.len() == 50, "{format}: {:?}", parsed.errors);
    }
}
