//! The book of facts knows every column of the store that names a person or a learner's account.

use crate::support::{Store, TestApp};
use backend::app::fact_book;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeSet;

/// Columns that name a person or an account and do not move, and why.
const STAYING: &[(&str, &str, &str)] = &[
    ("role_grant", "account_id", "what an account may do is the account's"),
    ("login", "account_id", "log-ins of a closed account have ended"),
    ("known_device", "account_id", "which devices an account knows is the account's"),
    ("former_password", "account_id", "a password is the account's"),
    ("second_factor", "account_id", "a factor is the account's"),
    ("recovery_code", "account_id", "a code is the account's"),
    ("consent_entry", "account_id", "a consent holds for the log-in that gave it; the survivor's own stands"),
    ("idempotency_key", "account_id", "a request is the account's that sent it"),
    ("meeting_notice", "account_id", "it told the log-in, and the lesson itself says how it was"),
    ("correction_request", "asked_by", "which log-in asked is no fact of the person"),
    ("roster_learner", "person_id", "it follows from student records, and is settled after a merge"),
    ("person_merge", "survivor_id", "the merge itself"),
    ("person_merge", "merged_id", "the merge itself"),
    ("person_merge", "closed_account_id", "the merge itself"),
];

/// A column of the store.
type Column = (String, String);

async fn texts(app: &TestApp, sql: &str) -> Vec<Vec<String>> {
    let conn = app.cx.db.read();
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    let text = |row: &sea_orm::QueryResult| (0..2).filter_map(|at| row.try_get_by_index::<String>(at).ok()).collect();
    rows.iter().map(text).collect()
}

/// Whether a column is named as those are that name a person.
fn sounds_personal(column: &str) -> bool {
    ["person_id", "account_id", "learner_id", "candidate_id", "student_id"].iter().any(|name| column.ends_with(name))
}

/// Every column that refers to a person or an account, or sounds so.
async fn personal(app: &TestApp) -> BTreeSet<Column> {
    let mut found = BTreeSet::new();
    for table in texts(app, "SELECT name FROM sqlite_master WHERE type = 'table'").await.concat() {
        let refers =
            format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}') WHERE \"table\" IN ('person', 'account')");
        let columns = texts(app, &format!("SELECT name FROM pragma_table_info('{table}')")).await.concat();
        let named = columns.into_iter().filter(|column| sounds_personal(column));
        let columns = texts(app, &refers).await.concat().into_iter().chain(named);
        found.extend(columns.map(|column| (table.clone(), column)));
    }
    found
}

#[actix_web::test]
async fn every_column_that_names_a_person_moves_or_stays_for_a_reason() {
    let app = TestApp::start(Store::sqlite().await).await;
    let personal = personal(&app).await;
    let book = fact_book();
    let moving: BTreeSet<Column> =
        book.columns().map(|column| (column.kind.as_str().to_owned(), column.holder.to_owned())).collect();
    let staying: BTreeSet<Column> =
        STAYING.iter().map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned())).collect();
    for column in &personal {
        assert!(
            moving.contains(column) || staying.contains(column),
            "{column:?} names a person, and no merge moves it: let its feature say so in person_facts.rs, or say \
             here why it stays"
        );
    }
    for column in &staying {
        assert!(personal.contains(column) && !moving.contains(column), "{column:?} does not stay");
    }
}

#[actix_web::test]
async fn every_column_of_the_book_is_in_the_store_and_names_rows_alone() {
    let app = TestApp::start(Store::sqlite().await).await;
    let (book, mut seen) = (fact_book(), BTreeSet::new());
    for column in book.columns() {
        assert!(seen.insert((column.kind, column.holder)), "{column:?} is told twice");
        let table = column.kind.as_str();
        let key = format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY name");
        let mut key = texts(&app, &key).await.concat();
        key.retain(|part| part != column.holder);
        assert_eq!(key, [column.row], "what names a row of {table} beside its holder");
        let holder = format!("SELECT name FROM pragma_table_info('{table}') WHERE name = '{}'", column.holder);
        assert_eq!(texts(&app, &holder).await.len(), 1, "{column:?}");
    }
}

/// What the first test would not see: it must see a column that nobody thought of.
#[actix_web::test]
async fn a_new_column_is_noticed() {
    let app = TestApp::start(Store::sqlite().await).await;
    let before = personal(&app).await;
    let new = "CREATE TABLE award (id TEXT PRIMARY KEY, honoured TEXT REFERENCES person (id), learner_id TEXT)";
    crate::support::execute(&app, new).await;
    let columns: Vec<_> = personal(&app).await.difference(&before).map(|(_, column)| column.clone()).collect();
    assert_eq!(columns, ["honoured", "learner_id"]);
}
