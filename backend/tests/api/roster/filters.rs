//! Every filter of the list begins at an index, whatever the store and however long the list.

use super::{long_list, take};
use crate::{
    people::{HERE, office, towns},
    support::{NO_ID, db_tests, execute},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// How the store finds a page of a county's list.
async fn plan(session: &DatabaseConnection, filter: &str) -> String {
    let backend = session.get_database_backend();
    let (explain, column) = if backend == DbBackend::Sqlite { ("EXPLAIN QUERY PLAN", 3) } else { ("EXPLAIN", 0) };
    let scope = "division >= '330502' AND division < '330503' AND set_aside_at IS NULL";
    let page = format!("SELECT * FROM roster_entry WHERE {scope} AND {filter} ORDER BY division, id LIMIT 51");
    let steps = session.query_all_raw(Statement::from_string(backend, format!("{explain} {page}"))).await.unwrap();
    let steps: Vec<String> = steps.iter().map(|step| step.try_get_by_index(column).unwrap()).collect();
    steps.join("\n")
}

db_tests! {
    async fn no_filter_reads_the_whole_roster(app) {
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        take(&app, &office, &long_list(1_000)).await;
        execute(&app, "UPDATE roster_entry SET is_unassigned = FALSE").await;
        // What is set counts for a session, and a pool of one connection is one.
        let mut options = ConnectOptions::new(app.store.url());
        options.max_connections(1).min_connections(1);
        let session = Database::connect(options).await.unwrap();
        let is_embedded = session.get_database_backend() == DbBackend::Sqlite;
        if !is_embedded {
            // A thousand rows are read as a whole faster than by any index; a million are not.
            session.execute_unprepared("ANALYZE roster_entry").await.unwrap();
            session.execute_unprepared("SET enable_seqscan = off").await.unwrap();
        }
        let bytes = |hex: &str| if is_embedded { format!("x'{hex}'") } else { format!("'\\x{hex}'") };
        let id = if is_embedded { bytes(&NO_ID.replace('-', "")) } else { format!("'{NO_ID}'") };
        for (filter, index) in [
            ("state = 'verified'".to_owned(), "ix_roster_entry_state"),
            ("intent = 'college'".to_owned(), "ix_roster_entry_intent"),
            (format!("surveyor_id = {id}"), "ix_roster_entry_surveyor_id"),
            (format!("surveyor_id = {id} AND state = 'verified'"), "ix_roster_entry_s"),
            (format!("provider_id = {id}"), "roster_entry_provider"),
            ("is_unassigned = TRUE".to_owned(), "ix_roster_entry_unassigned"),
            ("state = 'verified' AND intent = 'college'".to_owned(), "ix_roster_entry_"),
            // The embedded store keeps no figures by which it would know that a name is rare.
            (format!("name_key >= {} AND name_key < {}", bytes("e78e8b"), bytes("e78e8bff")), if is_embedded { "ix_roster_entry_" } else { "ix_roster_entry_name_key" }),
        ] {
            let plan = plan(&session, &filter).await;
            assert!(plan.contains(index) && !plan.contains("Seq Scan") && !plan.contains("SCAN"), "{filter}: {plan}");
            let is_sorted = is_embedded && !filter.starts_with("name_key");
            assert!(!is_sorted || !plan.contains("TEMP B-TREE"), "{filter} is sorted after it is found: {plan}");
        }
        session.close().await.unwrap();
    }
}
