//! The program's commands for files: what they print, and what a script learns from how they end.

use crate::{
    credit_bank::Bank,
    exam_world::World,
    support::{Client, Ended, Store, TestApp, db_tests, run},
};
use backend::platform::texts::{Language, text};
use encoding_rs::GB18030;
use serde_json::{Value, json};
use shared::rights::Role;
use std::{
    fs,
    path::{Path, PathBuf},
};

const GIFT: &str = "// Numbers\n\n::a:: What is 1 + 1? {=2 ~3 ~4}\n\n::b:: The earth is round. {T}\n";
const AIKEN: &str = "What is 1 + 1?\nA. 2\nB. 3\nANSWER: A\n";
const MOODLE: &str = "<quiz><question type=\"truefalse\"><questiontext><text>The earth is round.</text></questiontext>\
    <answer fraction=\"100\"><text>true</text></answer></question></quiz>";
const CHINESE_GIFT: &str = "::a:: 我国的首都是？ {=北京 ~上海}\n";
/// Its second item has no key, its third two groups of answers.
const BROKEN_GIFT: &str = "::a:: What is 1 + 1? {=2 ~3}\n\nStem {~a ~b}\n\nA {T} B {F}\n";
const CHINESE: &str = "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n\n2. （判断）地球是圆的。\n答案：正确\n\n3. （简答）说说节气。\n答案：立春\n";
/// Its second item has no key, the key of its third is none of its options.
const BROKEN_CHINESE: &str =
    "1. 我国的首都是（　）\nA. 上海\nB. 北京\n答案：B\n\n2. 没有答案\nA. 一\nB. 二\n\n3. 越界\nA. 一\nB. 二\n答案：C\n";
/// Certificates of an issuer that is not this system, and that one of the time before it had a web address.
const FOREIGN: [&str; 2] = ["../e2e/verify/samples/certificate.json", "../e2e/verify/samples/first-certificate.json"];

/// A file that lies beside the test's store.
fn written(app: &TestApp, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let file = app.store.folder().join(name);
    fs::write(&file, content).unwrap();
    file
}

fn import(app: &TestApp, file: &Path, further: &[&str]) -> Ended {
    let named = ["import-items", file.to_str().unwrap(), "--course", "GYW01", "--author", "zhou"];
    run(&app.store, &[&named[..], further].concat())
}

/// What the command prints of a line that it cannot read.
fn told(file: &Path, line: u32, code: &str) -> String {
    let why = text(Language::Chinese, &format!("import.{code}"), &Value::Null);
    assert!(!why.contains(code), "{code} has a text");
    format!("{}:{line}: {why}\n", file.display())
}

/// What the command says of a thing.
fn said(key: &str, params: &Value) -> String {
    let said = text(Language::Chinese, key, params);
    assert!(said != key, "{key} has a text");
    said
}

/// What the command prints of something that it does not take.
fn left_out(file: &Path, line: u32, name: &str) -> String {
    format!("{}:{line}: {}\n", file.display(), said("import.left_out", &json!({ "name": name })))
}

/// A course and who writes items for it.
async fn author(app: &TestApp) -> (World, Client) {
    let world = World::draft(app, 1).await;
    (world, app.staff("zhou", Role::ItemAuthor, "33").await)
}

/// The items of the course.
async fn items(world: &World, author: &Client) -> Vec<Value> {
    let page = author.get(&format!("/api/v1/items?course_id={}", world.course_id)).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

#[track_caller]
fn failed(ended: &Ended, words: &str) {
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    assert!(ended.said.contains(words), "{}", ended.said);
}

fn verify(store: &Store, file: &Path, further: &[&str]) -> Ended {
    run(store, &[&["verify", file.to_str().unwrap()][..], further].concat())
}

db_tests! {
    async fn a_file_of_items_comes_into_the_bank_by_its_ending_or_by_what_one_says(app) {
        let (world, author) = author(&app).await;
        let before = items(&world, &author).await.len();
        let cases: [(&str, &str, &[&str], usize); 5] = [
            ("two.gift", GIFT, &[], 2),
            ("three.txt", CHINESE, &[], 3),
            ("gift.txt", GIFT, &["--format", "gift"], 2),
            ("aiken.txt", AIKEN, &["--format", "aiken"], 1),
            ("quiz.xml", MOODLE, &["--format", "moodle-xml"], 1),
        ];
        let mut added = 0;
        for (name, content, further, count) in cases {
            let file = written(&app, name, content);
            let ended = import(&app, &file, further);
            // The titles of the items have no place here.
            let lost = if content == GIFT { left_out(&file, 3, "a") + &left_out(&file, 5, "b") } else { String::new() };
            let told = said("cli.imported", &json!({ "count": count, "code": "GYW01" }));
            assert_eq!((ended.code, ended.printed), (Some(0), format!("{lost}{told}\n")), "{}", ended.said);
            added += count;
            assert_eq!(items(&world, &author).await.len(), before + added, "{name}");
        }
    }

    async fn a_file_may_be_written_as_older_programs_do(app) {
        let (world, author) = author(&app).await;
        let before = items(&world, &author).await.len();
        let in_two_bytes = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files: [(&str, Vec<u8>); 3] = [
            ("gbk.gift", GB18030.encode(CHINESE_GIFT).0.into_owned()),
            ("utf16.gift", in_two_bytes(CHINESE_GIFT)),
            ("marked.gift", format!("\u{feff}{CHINESE_GIFT}").into_bytes()),
        ];
        for (at, (name, bytes)) in files.iter().enumerate() {
            let ended = import(&app, &written(&app, name, bytes), &[]);
            assert_eq!(ended.code, Some(0), "{name}: {}", ended.said);
            let stored = items(&world, &author).await;
            assert_eq!(stored.len(), before + at + 1);
            let asked = stored.iter().filter(|item| item["title"].as_str().is_some_and(|title| title.contains("我国的首都")));
            assert_eq!(asked.count(), at + 1, "{name}");
        }
        let none = written(&app, "none.gift", [0x89_u8, 0xff, 0xfe, 0x80, 0xff]);
        failed(&import(&app, &none, &[]), &said("cli.file-no-text", &json!({ "file": none })));
    }

    async fn the_settings_are_checked_before_anything_starts(app) {
        let right = run(&app.store, &["check-config"]);
        assert_eq!((right.code, right.printed.as_str()), (Some(0), ""), "{}", right.said);
    }

    async fn a_broken_file_is_told_line_by_line_and_brings_nothing(app) {
        let (world, author) = author(&app).await;
        let before = items(&world, &author).await;
        let gift = written(&app, "broken.gift", BROKEN_GIFT);
        let ended = import(&app, &gift, &[]);
        failed(&ended, &said("cli.nothing-imported", &json!({ "count": 2 })));
        let printed = told(&gift, 3, "no_key") + &told(&gift, 5, "several_answers") + &left_out(&gift, 1, "a");
        assert_eq!(ended.printed, printed);

        let chinese = written(&app, "broken.txt", BROKEN_CHINESE);
        let ended = import(&app, &chinese, &[]);
        failed(&ended, &said("cli.nothing-imported", &json!({ "count": 2 })));
        assert_eq!(ended.printed, told(&chinese, 6, "no_key") + &told(&chinese, 13, "key_out_of_range"));
        assert_eq!(items(&world, &author).await, before, "nothing is stored by half");
    }

    async fn what_cannot_be_imported_at_all_says_why(app) {
        let (world, author) = author(&app).await;
        let before = items(&world, &author).await;
        let file = written(&app, "two.gift", GIFT);
        let path = file.to_str().unwrap();
        let missing = app.store.folder().join("nowhere.gift");
        failed(&import(&app, &missing, &[]), &said("cli.file-missing", &json!({ "file": missing })));
        failed(&import(&app, app.store.folder(), &[]), &said("cli.file-unreadable", &json!({ "file": app.store.folder() })));
        failed(&import(&app, &written(&app, "empty.txt", "\n\n"), &[]), &said("field.no-items", &Value::Null));
        let of = |course: &str, author: &str| run(&app.store, &["import-items", path, "--course", course, "--author", author]);
        failed(&of("GYW99", "zhou"), &said("cli.no-course", &json!({ "code": "GYW99" })));
        failed(&of("GYW01", "nobody"), &said("cli.no-account", &json!({ "name": "nobody" })));
        let unfinished = run(&app.store, &["import-items", path]);
        assert_eq!(unfinished.code, Some(2), "{}", unfinished.said);
        assert_eq!(items(&world, &author).await, before);
    }

    async fn a_genuine_certificate_says_what_it_is_and_a_changed_one_is_refused(app) {
        let (bank, certificate) = Bank::issued(&app).await;
        let document = bank.document(&certificate).await;
        let content = document.to_string();
        let genuine = verify(&app.store, &written(&app, "genuine.json", &content), &[]);
        assert_eq!(genuine.code, Some(0), "{}", genuine.said);
        let claims: Value = serde_json::from_str(&genuine.printed).unwrap();
        assert_eq!(claims["number"], certificate["number"]);

        let number = certificate["number"].as_str().unwrap();
        let other = format!("{}{}", if number.starts_with('1') { '2' } else { '1' }, &number[1..]);
        assert!(content.contains(number), "{content}");
        let changed = verify(&app.store, &written(&app, "changed.json", content.replace(number, &other)), &[]);
        failed(&changed, "the signature does not fit the document");
        assert_eq!(changed.printed, "", "nothing of it is taken for true");
    }

    async fn a_certificate_counts_by_the_issuer_that_one_trusts(app) {
        for sample in FOREIGN {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
            let document: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
            let method = document["proof"]["verificationMethod"].as_str().unwrap();
            // The key that is printed on the certificate.
            let key = format!("did:key:{}", method.split_once('#').unwrap().1);
            failed(&verify(&app.store, &file, &[]), &format!("the issuer {key} is not trusted"));
            let trusted = verify(&app.store, &file, &["--issuer", &key]);
            assert_eq!(trusted.code, Some(0), "{}", trusted.said);
            let claims: Value = serde_json::from_str(&trusted.printed).unwrap();
            assert_eq!((&claims["course_title"], &claims["max_score"]), (&json!("成人高中语文"), &json!("100")));
            failed(&verify(&app.store, &file, &["--issuer", "did:web:example.org"]), "/issuer");
        }
    }

    async fn who_verifies_makes_no_keys(app) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOREIGN[0]);
        let keys = app.store.folder().join("keys");
        fs::remove_dir_all(&keys).unwrap();
        failed(&verify(&app.store, &file, &[]), "tokens.key");
        assert!(!keys.exists());
    }

    async fn what_is_no_certificate_is_refused(app) {
        for nonsense in ["", "不是证书", "{", "{}", "[1, 2]", r#"{ "a": 1, "a": 2 }"#] {
            let ended = verify(&app.store, &written(&app, "nonsense.json", nonsense), &[]);
            failed(&ended, "chengxi: ");
            assert_eq!(ended.printed, "", "{nonsense}");
        }
        let missing = app.store.folder().join("nowhere.json");
        failed(&verify(&app.store, &missing, &[]), missing.to_str().unwrap());
    }
}
