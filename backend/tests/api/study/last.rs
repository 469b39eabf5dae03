//! The last interval of a learner is found at once, however much they have studied.

use crate::support::{NO_ID, db_tests};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};

db_tests! {
    async fn the_last_interval_of_an_account_is_found_without_reading_the_others(app) {
        // What is set counts for a session, and a pool of one connection is one.
        let mut options = ConnectOptions::new(app.store.url());
        options.max_connections(1).min_connections(1);
        let session = Database::connect(options).await.unwrap();
        let backend = session.get_database_backend();
        let is_embedded = backend == DbBackend::Sqlite;
        let account = if is_embedded { format!("x'{}'", NO_ID.replace('-', "")) } else { format!("'{NO_ID}'") };
        let (explain, column) = if is_embedded { ("EXPLAIN QUERY PLAN", 3) } else { ("EXPLAIN", 0) };
        if !is_embedded {
            // A few rows are sorted faster than they are found in order; those of years are not.
            session.execute_unprepared("SET enable_sort = off").await.unwrap();
            session.execute_unprepared("SET enable_seqscan = off").await.unwrap();
        }
        for (filter, order) in [("", "to_at"), (" AND entry_id IS NULL", "from_at")] {
            let of_account = format!("SELECT * FROM study_interval WHERE account_id = {account}{filter}");
            let last = format!("{explain} {of_account} ORDER BY {order} DESC, id DESC LIMIT 1");
            let steps = session.query_all_raw(Statement::from_string(backend, last)).await.unwrap();
            let steps: Vec<String> = steps.iter().map(|step| step.try_get_by_index(column).unwrap()).collect();
            let plan = steps.join("\n");
            assert!(plan.contains(&format!("ix_study_interval_{order}")), "{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "{plan}");
        }
        session.close().await.unwrap();
    }
}
