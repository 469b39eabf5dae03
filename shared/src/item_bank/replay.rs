//! Every importer against the corpus of `fuzz/corpus`, and against what comes of it by cutting, doubling and mixing: what
//! the fuzz targets do by hand for hours, a few hundred times in each run of the tests.

use super::{
    ExportFormat, ImportFormat, OutgoingItem, OutgoingPictures, TruthWords, parse_items, read_qti_manifest,
    read_qti_test, validate_item, write_items,
};
use crate::ids::ItemId;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{fs, path::PathBuf};
use uuid::Uuid;

/// Cases of one importer in one run.
const CASES: u32 = 300;
/// Bytes that one edit touches.
const EDITED: usize = 64;
/// What the formats are made of.
const TOKENS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "&amp;",
    "&x;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "'",
    "\"",
    "{",
    "}",
    "=",
    "~",
    "%50%",
    "#",
    "->",
    "::",
    "\\",
    "\n\n",
    "\r\n",
    "A.",
    "Ａ．",
    "1.",
    "（1）",
    "答案：",
    "【答案】",
    "解析：",
    "（　）",
    "____",
    "[[1]]",
    "$",
    "![",
    "](",
    "```",
    "|",
    "T}",
    "ANSWER: B",
    "..",
    "1e999",
    "-1",
    "99999999999999999999",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "９",
    "<math>",
    "fraction=\"-33.33333\"",
    "<qti-and>",
    "cardinality='ordered'",
    "href='../../x'",
];

/// A change of a text: which, where, how far, and with what.
type Edit = (u8, Index, Index, Index);

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 2, "{} has a corpus", folder.display());
    paths.into_iter().map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}

fn some_edits() -> impl Strategy<Value = Vec<Edit>> {
    vec(any::<Edit>(), 0..8)
}

/// A text of the corpus, changed.
fn changed(seeds: &[(String, Vec<u8>)], seed: Index, edits: &[Edit]) -> String {
    let mut bytes = seeds[seed.index(seeds.len())].1.clone();
    for (kind, at, length, token) in edits {
        let at = at.index(bytes.len() + 1);
        let end = at + length.index((bytes.len() - at).min(EDITED) + 1);
        match kind % 4 {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            2 => drop(bytes.splice(at..end, TOKENS[token.index(TOKENS.len())].bytes())),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1_u8 << (kind / 4 % 8)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Every item that is read is one that can be stored, shown and written; the same text is read in the same way.
#[track_caller]
fn hold(format: ImportFormat, text: &str) {
    let parsed = parse_items(format, text);
    assert_eq!(parse_items(format, text), parsed, "{text:?}");
    assert!(parsed.errors.iter().all(|error| error.line > 0), "{text:?} {:?}", parsed.errors);
    let words = TruthWords { right: "R".to_owned(), wrong: "W".to_owned() };
    for item in parsed.items {
        assert_eq!(validate_item(&item), [], "{text:?}");
        drop(item.for_candidate(str::to_owned));
        let outgoing = [OutgoingItem { id: ItemId(Uuid::nil()), item }];
        for written in ExportFormat::ALL {
            drop(write_items(*written, &outgoing, &OutgoingPictures::new(), &words));
        }
    }
}

/// No path leads out of its package.
#[track_caller]
fn is_inside(path: &str) {
    let is_inside = path.split('/').all(|step| !matches!(step, "" | "." | ".."));
    assert!(is_inside && !path.contains('\\'), "{path:?}");
}

fn hold_manifest(text: &str) {
    let Ok(manifest) = read_qti_manifest(text) else { return };
    manifest.items.iter().chain(&manifest.others).for_each(|(path, _)| is_inside(path));
}

fn hold_test(text: &str) {
    let Ok(test) = read_qti_test(text, "tests/t.xml") else { return };
    for section in &test.sections {
        assert!(!section.items.is_empty() && !section.title.is_empty(), "{section:?}");
        section.items.iter().for_each(|item| is_inside(&item.path));
    }
}

#[test]
fn the_corpus_is_read_or_refused() {
    for format in ImportFormat::ALL {
        for (_, bytes) in seeds(format.as_str()) {
            hold(*format, &String::from_utf8_lossy(&bytes));
        }
    }
    seeds("qti_manifest").iter().for_each(|(_, bytes)| hold_manifest(&String::from_utf8_lossy(bytes)));
    seeds("qti_test").iter().for_each(|(_, bytes)| hold_test(&String::from_utf8_lossy(bytes)));
}

/// Whether the corpus still is one: changes of texts that no importer takes would try little.
#[test]
fn the_corpus_of_each_format_has_items() {
    for format in ImportFormat::ALL {
        let all = seeds(format.as_str());
        let has_items = |bytes: &[u8]| !parse_items(*format, &String::from_utf8_lossy(bytes)).items.is_empty();
        assert!(all.iter().any(|(_, bytes)| has_items(bytes)), "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_of_chinese_text_is_read_or_refused(seed: Index, edits in some_edits()) {
        hold(ImportFormat::ChineseText, &changed(&seeds("chinese_text"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_gift_is_read_or_refused(seed: Index, edits in some_edits()) {
        hold(ImportFormat::Gift, &changed(&seeds("gift"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_aiken_is_read_or_refused(seed: Index, edits in some_edits()) {
        hold(ImportFormat::Aiken, &changed(&seeds("aiken"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_moodle_xml_is_read_or_refused(seed: Index, edits in some_edits()) {
        hold(ImportFormat::MoodleXml, &changed(&seeds("moodle_xml"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_our_own_format_is_read_or_refused(seed: Index, edits in some_edits()) {
        hold(ImportFormat::Own, &changed(&seeds("own"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_an_item_of_qti_is_read_or_refused(seed: Index, edits in some_edits()) {
        hold(ImportFormat::Qti, &changed(&seeds("qti"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_a_manifest_stays_in_its_package(seed: Index, edits in some_edits()) {
        hold_manifest(&changed(&seeds("qti_manifest"), seed, &edits));
    }

    #[test]
    fn whatever_comes_of_a_test_stays_in_its_package(seed: Index, edits in some_edits()) {
        hold_test(&changed(&seeds("qti_test"), seed, &edits));
    }
}
