//! The server is killed in the middle of a merge: then there was none, and its repeat is whole.

use super::{MERGES, Offices, preview, step, step_once, step_request, wealth::*};
use crate::support::{Program, Stall, db_tests};
use backend::platform::clock::{Clock, SystemClock};
use serde_json::json;
use uuid::Uuid;

/// The facts at which the store stands still: after it one merge has moved less, another more.
const MOMENTS: [&str; 3] = ["person_document", "certificate", "study_note"];

db_tests! {
    async fn a_merge_that_is_killed_half_way_has_moved_nothing_and_its_repeat_moves_all(app) {
        let wealth = Wealth::build(&app).await;
        // The program has a clock of its own, by which the log-ins must be valid, and work of its own.
        app.clock.set(SystemClock.now());
        while app.jobs.run_due().await.unwrap() > 0 {}
        let offices = Offices::again(&app).await;
        let told = preview(&offices.clerk, &wealth.kept, &wealth.ended).await.expect(200);
        let proposed = offices.propose(&wealth.kept, &wealth.ended).await.expect(201);
        let approved = step(&offices.first, &proposed, "approve").await.expect(200);
        let path = format!("{MERGES}/{}", approved["id"].as_str().unwrap());
        let before = facts(&app).await;

        let mut program = Program::start(&app.store).await;
        let second = offices.second.at(program.address);
        for moment in MOMENTS {
            let stall = Stall::on(&app, "person_merge_fact", &format!("NEW.table_name = '{moment}'")).await;
            stall.kill_at(&app, &mut program, step_request(&second, &approved, "approve", "once")).await;
            program.start_again().await;
            assert_eq!(facts(&app).await, before, "{moment}: every fact is with whom it was");
            assert_eq!(second.get(&path).await.expect(200), approved, "{moment}");
        }

        let done = step_once(&second, &approved, "approve", "once").await.expect(200);
        assert_eq!(done["state"], "done");
        assert_eq!(step_once(&second, &approved, "approve", "once").await.expect(200), done, "a repeat does nothing more");
        let ([kept, ended], after) = (wealth.holders(), facts(&app).await);
        let all = [kept, ended].concat();
        assert_eq!(count(&before, &all), count(&after, &all), "of both together there are as many");
        for kind in told["facts"].as_array().unwrap() {
            let held = |holders: &[Uuid]| {
                let held = count(&after, holders).into_iter().find(|((table, _), _)| kind["kind"] == *table);
                held.map_or(0, |(_, facts)| facts)
            };
            let side = |side: &str| usize::try_from(kind[side].as_u64().unwrap()).unwrap();
            let moved = side("survivor") + side("merged") - side("staying");
            assert_eq!((held(&kept), held(&ended)), (moved, side("staying")), "{kind}");
        }
        let undone = step(&second, &done, "undo").await.expect(200);
        assert_eq!((&undone["state"], facts(&app).await == before), (&json!("undone"), true), "and each has their own again");
    }
}
