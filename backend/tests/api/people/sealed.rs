//! Every column of bytes is sealed, and follows a newer key, or says why not.

use crate::support::{Store, TestApp};
use backend::app::sealed_columns;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeSet;

/// Columns that are sealed one by one (ADR 11), each with a walk of its own.
const FIELDS: &[(&str, &str)] = &[
    ("person_document", "number"),
    ("person", "phone"),
    ("second_factor", "secret"),
    ("text_message", "phone"),
    ("text_message", "parameters"),
];

/// Columns of bytes that nobody seals, and why.
const PLAIN: &[(&str, &str, &str)] = &[
    ("person_document", "number_index", "a blind index"),
    ("person", "phone_index", "a blind index"),
    ("account", "login_phone_index", "a blind index"),
    ("recovery_code", "code_index", "a blind index"),
    ("activation_code", "code_index", "a blind index"),
    ("skill_certificate", "number_index", "a blind index"),
    ("text_message", "phone_index", "a blind index"),
    ("roster_entry", "name_key", "a name, to find it by"),
    ("student_record", "name_key", "a name, to find it by"),
    ("person", "name_key", "a name, to find it by"),
    ("diploma", "name_key", "a name, to find it by"),
    ("picture", "content", "pictures of lessons are for everybody"),
    ("recording_part", "content", "so are their video and sound"),
    ("paper", "package", "sealed by the content key beside it"),
    ("external_launch", "browser_hash", "a hash of what the browser holds"),
    ("paper", "spoken_key", "the content key, wrapped by a hash of itself that is read out"),
];

async fn columns(app: &TestApp) -> BTreeSet<(String, String)> {
    let conn = app.cx.db.read();
    let sql = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND (c.type LIKE '%blob%' OR c.type LIKE '%binary%')";
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

#[actix_web::test]
async fn every_column_of_bytes_follows_a_newer_key_or_holds_no_secret() {
    let app = TestApp::start(Store::sqlite().await).await;
    let owned = |table: &str, column: &str| (table.to_owned(), column.to_owned());
    let sealed = sealed_columns().into_iter().map(|column| owned(column.table, column.name));
    let fields = FIELDS.iter().map(|(table, column)| owned(table, column));
    let plain = PLAIN.iter().map(|(table, column, _)| owned(table, column));
    let told: Vec<_> = sealed.chain(fields).chain(plain).collect();
    let known: BTreeSet<_> = told.iter().cloned().collect();
    assert_eq!(known.len(), told.len(), "a column is told twice: {told:?}");
    assert_eq!(columns(&app).await, known, "let the feature say it in its SEALED, or say here why it is not sealed");
}

#[actix_web::test]
async fn rows_of_sealed_columns_are_found_by_the_whole_key_of_their_table() {
    let app = TestApp::start(Store::sqlite().await).await;
    let conn = app.cx.db.read();
    for column in sealed_columns() {
        let sql = format!("SELECT name FROM pragma_table_info('{}') WHERE pk > 0 ORDER BY pk", column.table);
        let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
        let key: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        let told: Vec<_> = [column.id].into_iter().chain(column.number).collect();
        assert_eq!(key, told, "{column:?}");
    }
}
