//! The rechecks of results that one has asked for.

use super::{Section, at, of};
use shared::{
    own_data::OwnData,
    results::{MyRecheck, RecheckState},
};

pub(super) fn rechecks(data: &OwnData) -> Section {
    let rows = data.rechecks.iter().map(|recheck| {
        vec![
            exam(data, recheck),
            at(recheck.asked_at),
            recheck.state.map(|state: RecheckState| of("results.recheck_state", state.as_str())).unwrap_or_default(),
            recheck.reason.clone().unwrap_or_default(),
            recheck.score_before.map(|score| score.to_string()).unwrap_or_default(),
        ]
    });
    let columns = [("exam", 5), ("at", 3), ("state", 2), ("reason", 4), ("score_before", 2)];
    Section::new("rechecks", &columns, rows)
}

/// The title of the test.
fn exam(data: &OwnData, recheck: &MyRecheck) -> String {
    let result = data.results.iter().find(|result| result.sitting_id == recheck.sitting_id);
    result.map(|result| result.title.clone()).unwrap_or_default()
}
