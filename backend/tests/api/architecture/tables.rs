//! Whose tables are whose, who writes them, and which are never changed.

use super::{
    layers::FEATURES,
    source::{Source, lies_in, paths, sources},
};

/// What makes a statement, or sends one.
const STATEMENTS: &[&str] = &[
    "EntityTrait",
    "Entity::",
    "ActiveModelTrait",
    "PaginatorTrait",
    "QueryFilter",
    "QuerySelect",
    "TransactionTrait",
    "DatabaseConnection",
    "SelectStatement",
    "Statement::",
    "Statement {",
    "Query::",
    ".exec(",
    ".exec_without_returning(",
    ".execute",
    ".query_one",
    ".query_all",
];

/// Facts: rows are added, and what they say is never overwritten or taken away.
const FACTS: &[&str] = &[
    "accommodation_answer",
    "announcement_reading",
    "anomaly_look",
    "answer_entry",
    "assembly",
    "assembly_commitment",
    "assembly_disclosure",
    "assembly_paper",
    "assignment_hand_in",
    "assignment_mark",
    "assignment_photo",
    "attendance_rule",
    "certificate_event",
    "class_departure",
    "consent_entry",
    "daily_cap",
    "diploma",
    "diploma_extract",
    "discussion_deed",
    "discussion_post",
    "discussion_reading",
    "discussion_topic",
    "discussion_topic_step",
    "enrolment_rule",
    "exam_postponement",
    "exam_window",
    "exercise_answer",
    "external_score",
    "external_subject",
    "graduation_member",
    "graduation_rule",
    "incident_sitting",
    "incident_step",
    "item_attachment",
    "item_comment",
    "item_descriptor",
    "item_event",
    "item_review",
    "item_statistic",
    "item_trial",
    "item_use",
    "item_version",
    "marking_reopening",
    "meeting_change",
    "paper_entry",
    "paper_use",
    "person_merge_fact",
    "quiz_attempt",
    "record_step",
    "registration_withdrawal",
    "result",
    "result_correction",
    "roll_call_entry",
    "room_act",
    "roster_step",
    "roster_visit",
    "seat",
    "seat_change",
    "seat_plan",
    "seat_plan_confirmation",
    "sitting_change",
    "study_proof",
    "superseded_epoch",
    "unread_item",
];

/// Whether a file is of a feature's store or describes its tables.
fn is_of_store(source: &Source) -> bool {
    source.module().iter().any(|part| ["store", "entity"].contains(part))
}

#[test]
fn only_a_store_speaks_to_the_tables() {
    for source in sources("backend/src") {
        if is_of_store(&source) || source.module().first() == Some(&"platform") {
            continue;
        }
        let code = source.code();
        for word in STATEMENTS {
            assert!(!code.contains(word), "{} says {word}: only a feature's store touches its tables", source.path);
        }
    }
}

#[test]
fn a_feature_shows_neither_its_store_nor_its_tables() {
    for source in FEATURES.iter().flat_map(|feature| sources(&format!("backend/src/{feature}"))) {
        let code = source.code();
        let is_door = source.module().len() == 1;
        for line in code.lines().map(str::trim).filter(|line| line.starts_with("pub")) {
            let Some((_, name)) = line.split_once(" mod ") else { continue };
            let is_hidden = name == "store;" || name == "entity;";
            assert!(!is_hidden && !is_door, "{}: {line} opens a second door", source.path);
        }
        let shown = ["pub use ", "pub(crate) use "].iter().flat_map(|word| code.split(*word).skip(1));
        for shown in shown.filter(|_| is_door).filter_map(|after| after.split(';').next()) {
            let hidden = paths(shown).into_iter().find(|path| {
                let inside = path.trim_start_matches("self::");
                lies_in(inside, "store") || lies_in(inside, "entity")
            });
            assert_eq!(hidden, None, "{} hands its tables out", source.path);
        }
    }
}

#[test]
fn nothing_commits_but_the_store() {
    for source in sources("backend/src") {
        let code = source.code();
        for word in [".commit()", "TransactionTrait", ".transaction("] {
            let is_the_store = source.path.ends_with("platform/db.rs");
            assert!(is_the_store || !code.contains(word), "{} says {word}: use Db::write", source.path);
        }
    }
}

#[test]
fn only_the_dialect_file_names_a_dialect() {
    for source in ["backend/src", "migrations/src"].iter().flat_map(|folder| sources(folder)) {
        if source.path.ends_with("platform/db/dialect.rs") {
            continue;
        }
        let code = source.code().to_lowercase();
        for word in ["sqlite", "postgres", "dbbackend"] {
            assert!(
                !code.contains(word),
                "{} says {word}: dialects differ in platform/db/dialect.rs alone",
                source.path
            );
        }
    }
}

/// The tables whose rows a code changes or takes away.
fn changed(code: &str) -> Vec<&str> {
    let at = |word: &str| code.match_indices(word).map(|(at, _)| at).collect::<Vec<_>>();
    let mut changes = [at("Entity::update"), at("Entity::delete")].concat();
    // What is inserted where another row may stand takes its place.
    for replaced in at(".update_column") {
        let from = code[..replaced].rfind("fn ").unwrap_or_default();
        let to = code[replaced..].find("\n}\n").map_or(code.len(), |end| replaced + end);
        changes.extend(at("Entity::insert").into_iter().filter(|insert| (from..to).contains(insert)));
    }
    changes.into_iter().map(|at| entity_at(code, at)).collect()
}

/// The table whose `Entity` stands there: named before it, or by the last import that reaches so far.
fn entity_at(code: &str, at: usize) -> &str {
    let before = &code[..at];
    if let Some(path) = before.strip_suffix("::") {
        return last_name(path);
    }
    let own_item = before.rfind("\n}\n").unwrap_or_default();
    let reaches = |import: usize| import > own_item || import == 0 || before[..import].ends_with('\n');
    let imports = before.match_indices("use ").filter(|(import, _)| reaches(*import));
    let named = imports.filter_map(|(import, _)| imported(before[import..].split(';').next()?));
    named.last().unwrap_or_else(|| panic!("no import names {:?}", code[at..].lines().next()))
}

/// Whose `Entity` an import brings.
fn imported(import: &str) -> Option<&str> {
    let at = import.find("Entity").filter(|at| !import[at + "Entity".len()..].starts_with(char::is_alphanumeric))?;
    let before = &import[..at];
    let mut depth = 0;
    let group = before.char_indices().rev().find(|(_, c)| {
        depth += match c {
            '}' => 1,
            '{' => -1,
            _ => 0,
        };
        depth < 0
    });
    let of = if before.ends_with("::") { before } else { &before[..group?.0] };
    Some(last_name(of.strip_suffix("::")?))
}

fn last_name(path: &str) -> &str {
    path.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[test]
fn a_change_is_seen_however_its_table_is_named() {
    let code = "use super::entity::{a, b::{Column, Entity}};\nfn f() {\n    Entity::update_many();\n}\n\
                fn g() {\n    use c::{ActiveModel, Entity};\n    Entity::insert(x).on_conflict(k.update_columns([y]));\n}\n\
                fn h() {\n    a::Entity::delete_by_id(1);\n    Entity::delete_many();\n}\n";
    assert_eq!(changed(code), ["b", "a", "b", "c"]);
}

#[test]
fn facts_are_added_and_never_changed() {
    let mut described = Vec::new();
    for source in sources("backend/src") {
        if let [.., "entity", name] = source.module()[..] {
            described.push(name.to_owned());
        }
        let code = source.code();
        for table in changed(&code) {
            assert!(!FACTS.contains(&table), "{} changes {table}, whose rows are facts", source.path);
        }
    }
    for fact in FACTS {
        assert!(described.iter().any(|table| table == fact), "there is no table {fact}");
    }
}
