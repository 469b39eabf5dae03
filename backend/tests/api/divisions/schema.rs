//! The book of divisions knows every column of the store that says in which division something lies.

use crate::support::{Store, TestApp};
use backend::app::division_book;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeSet;

/// Columns that name a division and do not go along with it, and why.
const STAYING: &[(&str, &str, &str)] = &[
    ("role_grant", "division", "it goes along with the place of a school; at the township itself nobody gets more"),
    ("provider", "former_division", "where it lay before"),
    ("roster_entry", "former_division", "whose roster it was before"),
    ("seat", "division", "where a test was sat is a fact"),
    ("key_share", "division", "where a custodian keeps it is the custodian's role"),
    ("certificate", "division", "it is a city"),
    ("diploma", "division", "what was issued names where it was"),
];

/// A column of the store.
type Column = (String, String);

async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    let conn = app.cx.db.read();
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn columns(app: &TestApp) -> BTreeSet<Column> {
    let mut found = BTreeSet::new();
    for table in texts(app, "SELECT name FROM sqlite_master WHERE type = 'table'").await {
        let named = texts(app, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
        found.extend(named.into_iter().map(|column| (table.clone(), column)));
    }
    found
}

#[actix_web::test]
async fn every_column_that_names_a_division_goes_along_or_stays_for_a_reason() {
    let app = TestApp::start(Store::sqlite().await).await;
    let (columns, book) = (columns(&app).await, division_book());
    let going: BTreeSet<Column> =
        book.columns().map(|column| (column.table.to_owned(), column.column.to_owned())).collect();
    let staying: BTreeSet<Column> =
        STAYING.iter().map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned())).collect();
    for column in columns.iter().filter(|(_, column)| column.ends_with("division")) {
        assert!(
            going.contains(column) || staying.contains(column),
            "{column:?} names a division, and no merger moves it: let its feature say so in division_columns.rs, or \
             say here why it stays"
        );
    }
    for column in going.iter().chain(&staying) {
        assert!(columns.contains(column), "there is no {column:?}");
    }
    assert!(going.is_disjoint(&staying));
    for column in book.columns().filter(|column| column.is_versioned) {
        assert!(columns.contains(&(column.table.to_owned(), "version".to_owned())), "{column:?}");
    }
}
