//! The server is killed while it makes a file of a list: nobody has a part of it, and it is not noted.

use super::{ROSTER, column, persons, said, taken};
use crate::{
    people::{HERE, audited, office, towns},
    roster,
    support::{Program, Stall, db_tests},
};
use backend::platform::clock::{Clock, SystemClock};
use reqwest::Method;
use serde_json::{Value, json};

db_tests! {
    async fn a_file_whose_making_was_killed_is_none_and_is_made_whole_and_noted_once_afterwards(app) {
        // The program has a clock of its own, by which the log-in must be valid.
        app.clock.set(SystemClock.now());
        towns(&app).await;
        let office = office(&app, "wang", HERE).await;
        roster::take(&app, &office, &persons(0, 450)).await;
        let mut program = Program::start(&app.store).await;
        let office = office.at(program.address);
        for _ in 0..2 {
            // All pages are read and written, and nothing has left.
            let stall = Stall::on(&app, "audit_entry", "NEW.\"right\" = 'read_roster'").await;
            stall.kill_at(&app, &mut program, office.request(Method::POST, ROSTER).json(&json!({}))).await;
            program.start_again().await;
            assert_eq!(audited(&app, "read_roster").await, [] as [Value; 0]);
        }
        let [list, about] = taken(&office, ROSTER).await;
        let mut names = column(&list, "姓名");
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), list.rows.len(), said(&about, "行数")), (450, 451, "450"));
        let noted = json!({ "exported": "roster", "filter": {}, "rows": 450 });
        assert_eq!(audited(&app, "read_roster").await, [noted]);
    }
}
